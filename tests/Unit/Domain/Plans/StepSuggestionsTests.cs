using AV1Relay.Domain.Plans;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class StepSuggestionsTests
{
    private static readonly SuggestionSettings Settings = new(highPeakFrom: 8, highPeaks: 2, triesWithoutFalling: 3, leftEarly: 2, recentTries: 4);

    [Fact]
    public void Two_high_peaks_at_a_step_suggest_to_step_down() => Assert.Equal([SuggestionKind.StepDown], Kinds(Tried(1, peak: 8, after: 3), Tried(2, peak: 9, after: 3)));

    [Fact]
    public void Two_high_peaks_at_the_first_step_suggest_a_split()
        => Assert.Equal(
            [SuggestionKind.Split],
            StepSuggestions.For(Watch.Id, hasStepBelow: false, [Tried(1, peak: 8, after: 3), Tried(2, peak: 9, after: 3)], Settings).Select(one => one.Kind));

    [Fact]
    public void One_high_peak_suggests_a_repeat() => Assert.Equal([SuggestionKind.Repeat], Kinds(Tried(1, peak: 9, after: 3)));

    [Fact]
    public void A_high_peak_at_another_step_does_not_count()
        => Assert.Equal([SuggestionKind.Repeat], Kinds(Tried(1, peak: 9, after: 3) with { Step = Visit.Id }, Tried(2, peak: 9, after: 3)));

    [Fact]
    public void High_peaks_of_long_ago_do_not_count()
        => Assert.Empty(Kinds(
            Tried(1, peak: 9, after: 3), Tried(2, peak: 9, after: 3), Tried(3, peak: 5, after: 1), Tried(4, peak: 4, after: 1), Tried(5, peak: 3, after: 1), Tried(6, peak: 3, after: 1)));

    [Fact]
    public void A_step_said_to_be_too_big_counts_like_a_high_peak()
        => Assert.Equal([SuggestionKind.StepDown], Kinds(Tried(1, answer: PupilsAnswer.TooBig), Tried(2, answer: PupilsAnswer.TooBig)));

    [Fact]
    public void A_feeling_that_never_starts_to_fall_suggests_a_split()
        => Assert.Equal([SuggestionKind.Split], Kinds(Tried(1, peak: 5, after: 5), Tried(2, peak: 5, after: 5), Tried(3, peak: 6)));

    [Fact]
    public void A_fall_within_one_try_is_a_fall() => Assert.Empty(Kinds(Tried(1, peak: 5, after: 5), Tried(2, peak: 5, after: 4), Tried(3, peak: 6)));

    [Fact]
    public void A_fall_from_a_try_to_the_next_is_a_fall() => Assert.Empty(Kinds(Tried(1, peak: 6), Tried(2, peak: 5), Tried(3, peak: 6)));

    [Fact]
    public void A_feeling_of_nothing_has_nowhere_to_fall() => Assert.Empty(Kinds(Tried(1, peak: 0), Tried(2, peak: 0), Tried(3, peak: 0)));

    [Fact]
    public void Two_tries_left_early_suggest_a_split() => Assert.Equal([SuggestionKind.Split], Kinds(Tried(1, leftEarly: true), Tried(2, leftEarly: true)));

    [Fact]
    public void One_try_left_early_suggests_a_repeat() => Assert.Equal([SuggestionKind.Repeat], Kinds(Tried(1, leftEarly: true)));

    [Fact]
    public void Leaving_early_is_called_fine_in_words()
        => Assert.All(
            StepSuggestions.For(Watch.Id, true, [Tried(1, leftEarly: true)], Settings).SelectMany(one => one.Reasons),
            reason => Assert.Contains("That is fine", reason, StringComparison.Ordinal));

    [Fact]
    public void Unrated_tries_suggest_nothing() => Assert.Empty(Kinds(Tried(1), Tried(2), new StepExperience(Watch.Id, After(3), null, false)));

    [Fact]
    public void Ready_suggests_nothing_because_only_people_step_up() => Assert.Empty(Kinds(Tried(1, answer: PupilsAnswer.Ready)));

    [Fact]
    public void Tries_before_the_pupil_came_to_the_step_this_time_do_not_count()
    {
        var plan = Active().UpAt(10);

        Assert.Equal([SuggestionKind.Repeat], plan.Suggest([Tried(1, peak: 9, after: 3), Tried(11, peak: 9, after: 3)], Settings).Select(one => one.Kind));
    }

    [Fact]
    public void A_suggestion_has_reasons_and_none_of_them_holds_a_number_or_the_word_failure()
    {
        var random = new Random(7);
        for (var turn = 0; turn < 5_000; turn++)
        {
            var tries = Enumerable.Range(1, random.Next(6)).Select(minute => Tried(minute, Number(random), Number(random), leftEarly: random.Next(3) == 0));
            foreach (var suggestion in StepSuggestions.For(Watch.Id, random.Next(2) == 0, tries, Settings))
            {
                Assert.NotEmpty(suggestion.Reasons);
                Assert.DoesNotContain(suggestion.Reasons, reason => reason.Any(char.IsDigit) || reason.Contains("fail", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public void Peaks_that_the_pupil_keeps_suggest_nothing_to_adults()
    {
        var kept = Rating(1).Rate(RatingMoment.Peak, 9).Rate(RatingMoment.After, 9).SeenByPupil(After(2));
        var tries = Enumerable.Range(1, 3).Select(minute => new StepExperience(Watch.Id, After(minute), kept.ForAdults(), false));

        Assert.Empty(StepSuggestions.For(Watch.Id, true, tries, Settings));
    }

    [Theory]
    [InlineData(-1, 3, 4)]
    [InlineData(11, 3, 4)]
    [InlineData(8, 1, 4)]
    [InlineData(8, 3, 2)]
    public void Settings_make_sense(int highPeakFrom, int triesWithoutFalling, int recentTries)
        => Assert.Throws<ArgumentException>(() => new SuggestionSettings(highPeakFrom, 2, triesWithoutFalling, 2, recentTries));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void What_is_called_more_than_once_is_at_least_twice(int highPeaks, int leftEarly)
        => Assert.Throws<ArgumentException>(() => new SuggestionSettings(8, highPeaks, triesWithoutFalling: 3, leftEarly, recentTries: 4));

    private static SuggestionKind[] Kinds(params StepExperience[] experiences)
        => [.. StepSuggestions.For(Watch.Id, hasStepBelow: true, experiences, Settings).Select(suggestion => suggestion.Kind)];

    private static int? Number(Random random) => random.Next(-1, 11) is var number and >= 0 ? number : null;

    private static StepRating Rating(int minute) => new(new RatingId(Id(minute)), Pupil, Watch.Id, null, After(minute));

    private static StepExperience Tried(int minute, int? peak = null, int? after = null, PupilsAnswer? answer = null, bool leftEarly = false)
        => new(Watch.Id, After(minute), Rating(minute).Rate(RatingMoment.Peak, peak).Rate(RatingMoment.After, after).Answer(answer).ForPupil, leftEarly);
}

using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Plans.PlanFixture;

namespace AV1Relay.Tests.Unit.Domain.Plans;

public sealed class Rule03ThePupilsSayTests
{
    private static readonly Dictionary<string, Func<PupilsSay?, Outcome<SupportPlan>>> Changes = new()
    {
        ["draft"] = say => SupportPlan.Draft(
            new PlanId(Id(20)), Pupil, default, Goal, KeyAdult, Lead, StepLadder.FromListed([Meet]), ActAt(), say),
        ["activate"] = say => Draft().Activate(ReviewOn, Today, ReviewRules, [], ActAt(), say),
        ["goal"] = say => Active().ChangeGoal(new InPersonGoal("Lunch in the hall", "The hall"), ActAt(1), say),
        ["people"] = say => Active().ChangePeople(Lead, Lead, ActAt(1), say),
        ["add"] = say => Active().AddStep(StepOf(14, "Club", 3), ActAt(1), say),
        ["change"] = say => Active().ChangeStep(StepOf(12, "Watch music", 4), ActAt(1), say),
        ["split"] = say => Active().SplitStep(Watch.Id, [StepOf(15, "Part", 3), StepOf(16, "Part", 4)], ActAt(1), say),
        ["remove"] = say => Active().RemoveStep(Watch.Id, ActAt(1), say),
        ["reorder"] = say => Active().ReorderSteps([new(Meet.Id, 2), new(Visit.Id, 3), new(Watch.Id, 4)], ActAt(1), say),
        ["section"] = say => Active().WriteSection(new PlanSection(default, "What helps", "Quiet"), ActAt(1), say),
        ["review date"] = say => Active().BringReviewForward(ReviewOn.PlusDays(-7), Today, ActAt(1), say),
        ["close"] = say => Active().Close(ActAt(1), say),
    };

    public static TheoryData<string> EachChange => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(EachChange))]
    public void A_change_without_the_pupils_say_is_refused(string change)
        => Assert.Equal("plan.pupil-not-heard", Assert.Single(Changes[change](null).Refusals).Code);

    [Theory]
    [MemberData(nameof(EachChange))]
    public void The_pupils_say_is_kept_with_the_change(string change)
    {
        var say = new PupilsSay("Yes, like this.", ["break"], ["music", "art"]);

        Assert.Equal(say, Changes[change](say).Value.Changes[^1].Say);
    }

    [Fact]
    public void A_pupil_may_choose_not_to_say() => Assert.True(Active().Close(ActAt(1), new PupilsSay("", [], [], choseNotToSay: true)).Value.PupilsSays.Last().ChoseNotToSay);

    [Fact]
    public void No_words_are_not_a_say() => Assert.Throws<ArgumentException>(() => new PupilsSay(" ", ["break"], []));

    [Fact]
    public void A_part_of_the_day_has_a_name() => Assert.Throws<ArgumentException>(() => new PupilsSay("Fine.", ["break"], [" "]));

    [Fact]
    public void A_change_without_the_pupils_say_can_not_even_be_restored()
        => Assert.Throws<ArgumentException>(() => new PlanChange(2, PlanChangeKind.Goal, "Changed the goal.", [], ActAt(1), say: null));

    [Fact]
    public void What_the_pupil_said_with_a_move_stands_among_the_rest()
    {
        var say = Say("That was enough for now.");

        Assert.Equal(say, Active().UpAt(1).StepDown(ActAt(2), say).Value.PupilsSays.Last());
    }

    [Fact]
    public void A_step_down_without_the_pupils_say_is_refused()
        => Assert.Equal("plan.pupil-not-heard", Assert.Single(Active().UpAt(1).StepDown(ActAt(2), null).Refusals).Code);

    [Fact]
    public void A_pupil_who_chose_not_to_say_can_go_down()
        => Assert.False(Active().UpAt(1).StepDown(ActAt(2), new PupilsSay("", [], [], choseNotToSay: true)).IsRefused);

    [Fact]
    public void A_move_down_without_the_pupils_say_can_not_even_be_restored()
        => Assert.Throws<ArgumentException>(() => new StepMove(2, StepDirection.Down, NamedStep.Of(Watch), NamedStep.Of(Meet), ActAt(), [], null));

    [Fact]
    public void Adults_see_nothing_before_the_pupil_has_seen_the_curve()
        => Assert.Equal((null, null), Seen(Rated().Share(SharedWithAdults.Peak | SharedWithAdults.Answer)));

    [Fact]
    public void By_default_adults_see_the_answer_and_no_number()
    {
        var adults = Rated().SeenByPupil(After(1)).ForAdults();

        Assert.Equal((null, null, null, PupilsAnswer.Repeat), (adults.Before, adults.Peak, adults.After, adults.Answer));
    }

    [Fact]
    public void The_pupil_can_keep_the_answer_too() => Assert.Equal((null, null), Seen(Rated().SeenByPupil(After(1)).Share(SharedWithAdults.Nothing)));

    [Fact]
    public void The_pupil_can_take_back_what_was_shared()
        => Assert.Equal((null, PupilsAnswer.Repeat), Seen(Rated().SeenByPupil(After(1)).Share(SharedWithAdults.Peak).Share(SharedWithAdults.Answer)));

    [Fact]
    public void A_rating_that_changes_is_the_pupils_to_see_first_again()
        => Assert.Equal((null, null), Seen(Rated().Share(SharedWithAdults.Peak).SeenByPupil(After(1)).Rate(RatingMoment.Peak, 3)));

    [Fact]
    public void The_pupil_sees_all_of_it()
    {
        var own = Rated().ForPupil;

        Assert.Equal((1, 7, 5, PupilsAnswer.Repeat), (own.Before, own.Peak, own.After, own.Answer));
    }

    [Fact]
    public void Adults_never_get_a_number_that_the_pupil_has_not_shared()
    {
        var random = new Random(3);
        for (var turn = 0; turn < 5_000; turn++)
        {
            var shared = (SharedWithAdults)random.Next(16);
            var isSeen = random.Next(2) == 0;
            var rating = new StepRating(default, Pupil, Watch.Id, null, Start, new PupilsRatings(1, 7, 5, PupilsAnswer.TooBig), shared, isSeen ? After(1) : null);

            var adults = rating.ForAdults();

            Assert.Equal(isSeen && shared.HasFlag(SharedWithAdults.Before) ? 1 : null, adults.Before);
            Assert.Equal(isSeen && shared.HasFlag(SharedWithAdults.Peak) ? 7 : null, adults.Peak);
            Assert.Equal(isSeen && shared.HasFlag(SharedWithAdults.After) ? 5 : null, adults.After);
            Assert.Equal(isSeen && shared.HasFlag(SharedWithAdults.Answer) ? PupilsAnswer.TooBig : null, adults.Answer);
        }
    }

    [Fact]
    public void No_number_is_to_be_had_but_through_what_the_pupil_or_an_adult_sees()
        => Assert.DoesNotContain(
            typeof(StepRating).GetProperties(), property => property.PropertyType == typeof(int) || property.PropertyType == typeof(int?));

    [Fact]
    public void A_rating_can_be_skipped_and_taken_back() => Assert.Null(Rated().Rate(RatingMoment.Peak, null).ForPupil.Peak);

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void A_rating_lies_between_0_and_10(int rating) => Assert.Throws<ArgumentException>(() => Rated().Rate(RatingMoment.Before, rating));

    private static StepRating Rated() => new StepRating(new RatingId(Id(40)), Pupil, Watch.Id, null, Start)
        .Rate(RatingMoment.Before, 1).Rate(RatingMoment.Peak, 7).Rate(RatingMoment.After, 5).Answer(PupilsAnswer.Repeat);

    private static (int? Peak, PupilsAnswer? Answer) Seen(StepRating rating) => (rating.ForAdults().Peak, rating.ForAdults().Answer);
}

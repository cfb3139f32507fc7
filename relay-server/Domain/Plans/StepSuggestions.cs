using System.Collections.Immutable;

namespace AV1Relay.Domain.Plans;

/// <summary>What the latest tries at a step suggest. Its reasons tell no more than the ratings that it was given do.</summary>
public static class StepSuggestions
{
    private const string FeltBig = "This step has felt very big more than once.";
    private const string FeltBigOnce = "This step felt very big. That can happen on a first try.";
    private const string NoFall = "The feeling has not started to get smaller at this step yet.";
    private const string EnoughSooner = "It was enough before the end, more than once. That is fine: a shorter or smaller step may fit better.";
    private const string EnoughSoonerOnce = "It was enough before the end. That is fine: the same step can be tried again.";
    private const string AskedForAgain = "The pupil would like to do this step again.";

    /// <param name="hasStepBelow">Without one, a smaller step is made by splitting.</param>
    /// <param name="experiences">Of any steps, in any order; those of <paramref name="step"/> count.</param>
    /// <returns>The gentlest change first; empty when there is nothing to suggest. A repeat only where nothing else is suggested.</returns>
    public static IReadOnlyList<StepSuggestion> For(StepId step, bool hasStepBelow, IEnumerable<StepExperience> experiences, SuggestionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var tries = experiences.Where(tried => tried.Step == step).OrderBy(tried => tried.At).TakeLast(settings.RecentTries).ToImmutableArray();
        var split = ImmutableArray.CreateBuilder<string>();
        var stepDown = ImmutableArray.CreateBuilder<string>();

        if (tries.Count(tried => WasTooBig(tried, settings)) >= settings.HighPeaks) (hasStepBelow ? stepDown : split).Add(FeltBig);
        if (NeverStartsToFall(tries, settings)) split.Add(NoFall);
        if (tries.Count(tried => tried.LeftEarly) >= settings.LeftEarly) split.Add(EnoughSooner);

        var suggestions = new List<StepSuggestion>();
        if (split.Count > 0) suggestions.Add(new StepSuggestion(SuggestionKind.Split, split.ToImmutable()));
        if (stepDown.Count > 0) suggestions.Add(new StepSuggestion(SuggestionKind.StepDown, stepDown.ToImmutable()));
        if (suggestions.Count == 0 && ToRepeat(tries, settings) is { IsEmpty: false } repeat) suggestions.Add(new StepSuggestion(SuggestionKind.Repeat, repeat));
        return suggestions;
    }

    private static ImmutableArray<string> ToRepeat(ImmutableArray<StepExperience> tries, SuggestionSettings settings)
    {
        if (tries.IsEmpty) return [];
        var last = tries[^1];
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (WasTooBig(last, settings)) reasons.Add(FeltBigOnce);
        if (last.LeftEarly) reasons.Add(EnoughSoonerOnce);
        if (last.Ratings?.Answer == PupilsAnswer.Repeat) reasons.Add(AskedForAgain);
        return reasons.ToImmutable();
    }

    private static bool WasTooBig(StepExperience tried, SuggestionSettings settings)
        => tried.Ratings is { } ratings && (ratings.Peak >= settings.HighPeakFrom || ratings.Answer == PupilsAnswer.TooBig);

    /// <summary>Any fall counts, within one try or from a try to the next: the pupil gets the benefit of the doubt.</summary>
    private static bool NeverStartsToFall(ImmutableArray<StepExperience> tries, SuggestionSettings settings)
    {
        var rated = tries.Select(tried => tried.Ratings).OfType<RatingsSeen>().Where(ratings => ratings.Peak > Step.LowestRating).ToImmutableArray();
        return rated.Length >= settings.TriesWithoutFalling
            && !rated.Any(ratings => ratings.After < ratings.Peak)
            && !rated.Zip(rated.Skip(1)).Any(pair => pair.Second.Peak < pair.First.Peak);
    }
}

using System.Collections.Immutable;

namespace AV1Relay.Domain.Plans;

/// <summary>Something for pupil and key adult to talk about. Nothing happens by itself.</summary>
/// <param name="Reasons">One or more, in words that a pupil can read too.</param>
public sealed record StepSuggestion(SuggestionKind Kind, ImmutableArray<string> Reasons)
{
    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(StepSuggestion);
}

/// <summary>There is no "step up": the software never advances anybody.</summary>
public enum SuggestionKind
{
    Repeat,
    Split,
    StepDown,
}

/// <summary>When the software has something to suggest; set by the authority, and no clinical fact.</summary>
public sealed record SuggestionSettings
{
    /// <param name="highPeakFrom">A peak of so much or more is high, 0–10.</param>
    /// <param name="highPeaks">So many high peaks at one step are reason to step down; at least two.</param>
    /// <param name="triesWithoutFalling">So many rated tries without any fall are reason to split; at least two, as one alone can't fall.</param>
    /// <param name="leftEarly">So many tries left early are reason to split; at least two.</param>
    /// <param name="recentTries">So many of the latest tries are looked at.</param>
    /// <exception cref="ArgumentException">A number outside what makes sense.</exception>
    public SuggestionSettings(int highPeakFrom, int highPeaks, int triesWithoutFalling, int leftEarly, int recentTries)
    {
        if (highPeakFrom is < Step.LowestRating or > Step.HighestRating) throw new ArgumentException("A rating lies between 0 and 10.", nameof(highPeakFrom));
        if (highPeaks < 2) throw new ArgumentException("At least two: its words say more than once.", nameof(highPeaks));
        if (triesWithoutFalling < 2) throw new ArgumentException("At least two.", nameof(triesWithoutFalling));
        if (leftEarly < 2) throw new ArgumentException("At least two: its words say more than once.", nameof(leftEarly));
        if (recentTries < Math.Max(Math.Max(highPeaks, triesWithoutFalling), leftEarly))
            throw new ArgumentException("Enough tries to find any reason in.", nameof(recentTries));
        (HighPeakFrom, HighPeaks, TriesWithoutFalling, LeftEarly, RecentTries) = (highPeakFrom, highPeaks, triesWithoutFalling, leftEarly, recentTries);
    }

    public int HighPeakFrom { get; }

    public int HighPeaks { get; }

    public int TriesWithoutFalling { get; }

    public int LeftEarly { get; }

    public int RecentTries { get; }
}

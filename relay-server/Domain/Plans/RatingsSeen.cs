namespace AV1Relay.Domain.Plans;

/// <summary>How one try at a step felt, as far as somebody may see it. What is missing was skipped or not shared: nobody can tell which.</summary>
/// <remarks>
/// Two kinds, and not one, so that a page for adults can't be handed more than the pupil shares: <see cref="AdultsRatings"/> are made by
/// <see cref="StepRating"/> alone. Suggestions read either kind.
/// Always true: ratings lie in 0–10, and each may be missing.
/// </remarks>
public abstract record RatingsSeen
{
    private protected RatingsSeen(int? before, int? peak, int? after, PupilsAnswer? answer)
        => (Before, Peak, After, Answer) = (Checked(before), Checked(peak), Checked(after), answer);

    /// <summary>0–10.</summary>
    public int? Before { get; }

    /// <summary>0–10.</summary>
    public int? Peak { get; }

    /// <summary>0–10.</summary>
    public int? After { get; }

    public PupilsAnswer? Answer { get; }

    /// <remarks>Keeps what the pupil felt out of logs.</remarks>
    public sealed override string ToString() => GetType().Name;

    private static int? Checked(int? rating) => rating is < Step.LowestRating or > Step.HighestRating
        ? throw new ArgumentException("A rating lies between 0 and 10.", nameof(rating))
        : rating;
}

/// <summary>For the pupil: all there is.</summary>
public sealed record PupilsRatings : RatingsSeen
{
    /// <exception cref="ArgumentException">A rating outside 0–10.</exception>
    public PupilsRatings(int? before, int? peak, int? after, PupilsAnswer? answer)
        : base(before, peak, after, answer)
    {
    }
}

/// <summary>For adults: what the pupil shares.</summary>
public sealed record AdultsRatings : RatingsSeen
{
    internal AdultsRatings(int? before, int? peak, int? after, PupilsAnswer? answer)
        : base(before, peak, after, answer)
    {
    }
}

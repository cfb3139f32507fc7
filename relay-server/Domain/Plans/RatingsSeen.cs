namespace AV1Relay.Domain.Plans;

/// <summary>How one try at a step felt, as far as somebody may see it. What is missing was skipped or not shared: nobody can tell which.</summary>
/// <remarks>Made by <see cref="StepRating"/> alone, so that a page for adults can't be handed more than the pupil shares.</remarks>
public abstract record RatingsSeen
{
    private protected RatingsSeen(int? before, int? peak, int? after, PupilsAnswer? answer)
        => (Before, Peak, After, Answer) = (before, peak, after, answer);

    /// <summary>0–10.</summary>
    public int? Before { get; }

    /// <summary>0–10.</summary>
    public int? Peak { get; }

    /// <summary>0–10.</summary>
    public int? After { get; }

    public PupilsAnswer? Answer { get; }

    /// <remarks>Keeps what the pupil felt out of logs.</remarks>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>For the pupil: all there is.</summary>
public sealed record PupilsRatings : RatingsSeen
{
    internal PupilsRatings(int? before, int? peak, int? after, PupilsAnswer? answer)
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

namespace AV1Relay.Domain.Arrangements;

/// <summary>What the local authority asks beyond law and guidance; each limit is null where it asks nothing.</summary>
/// <remarks>Always true: every limit that is set is one week or more.</remarks>
public sealed record ArrangementLimits
{
    /// <exception cref="ArgumentException">A limit that is not positive.</exception>
    public ArrangementLimits(int? firstReviewWithinWeeks, int? longestWeeks, int? longestWeeksWithExtensions, string source)
    {
        if (firstReviewWithinWeeks < 1 || longestWeeks < 1 || longestWeeksWithExtensions < 1)
            throw new ArgumentException("A limit is one week or more, or not set at all.");
        (FirstReviewWithinWeeks, LongestWeeks, LongestWeeksWithExtensions, Source)
            = (firstReviewWithinWeeks, longestWeeks, longestWeeksWithExtensions, source);
    }

    public static ArrangementLimits None { get; } = new(null, null, null, "");

    /// <summary>Weeks from the first day to the first review.</summary>
    public int? FirstReviewWithinWeeks { get; }

    /// <summary>Weeks that one agreement may cover; an extension in a review is another agreement.</summary>
    public int? LongestWeeks { get; }

    /// <summary>Weeks from the first day to the last, with all extensions.</summary>
    public int? LongestWeeksWithExtensions { get; }

    /// <summary>Where the authority says so, for people to look up.</summary>
    public string Source { get; }
}

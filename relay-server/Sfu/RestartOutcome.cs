namespace AV1Relay.Sfu;

/// <summary>What became of a PATCH (RFC 9725 §4.3).</summary>
public abstract record RestartOutcome
{
    private RestartOutcome()
    {
    }

    /// <param name="SdpFragment">The relay's new credentials and its candidates.</param>
    public sealed record Restarted(string SdpFragment, string ETag) : RestartOutcome;

    /// <summary>Candidates only: accepted, and ignored, because an ICE-lite relay learns the peer from its checks.</summary>
    public sealed record CandidatesIgnored : RestartOutcome;

    public sealed record Refused(RestartRefusal Reason, string Detail) : RestartOutcome;
}

public enum RestartRefusal
{
    /// <summary>The fragment can't be read.</summary>
    Malformed,

    NotFound,

    /// <summary>The entity tag is of an earlier ICE session.</summary>
    StaleETag,

    /// <summary>A restart has to name the ICE session that it replaces, or "*".</summary>
    ETagMissing,

    /// <summary>The relay is too busy just now.</summary>
    Busy,
}

namespace AV1Relay.Sfu.Statistics;

/// <summary>One object of a statistics report, with the names of the W3C's "Identifiers for WebRTC's Statistics API" (webrtc-stats).</summary>
/// <remarks>
/// Written as JSON with camel-case names, a member's name is the standard's. What the relay can't know honestly is null, and left out.
/// The monitored object is the relay's end: <c>inbound-rtp</c> is what it receives, <c>outbound-rtp</c> what it sends.
/// </remarks>
public abstract record RtcStats
{
    /// <summary>Unique in its report, the same in each report of the same connection.</summary>
    public required string Id { get; init; }

    /// <summary>When it was taken, in ms since 1970; for what a peer's RTCP says, when that arrived.</summary>
    public required double Timestamp { get; init; }

    /// <summary>The standard's name of this kind.</summary>
    public abstract string Type { get; }
}

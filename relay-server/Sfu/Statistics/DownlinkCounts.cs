namespace AV1Relay.Sfu.Statistics;

/// <summary>What was sent to one subscriber beyond the first sending, and what it asked for, for <see cref="OutboundRtpStats"/>.</summary>
internal struct DownlinkCounts
{
    /// <summary>As RTX; payload bytes of what was repeated.</summary>
    public TrafficCount Repeated;

    /// <summary>Feedback packets received, not the packets that they name.</summary>
    public long Nacks;
    public long Plis;
    public long Firs;
}

namespace AV1Relay.Sfu.Statistics;

/// <summary>What all statistics of RTP streams share (RTCRtpStreamStats).</summary>
public abstract record RtpStreamStats : RtcStats
{
    /// <summary>Null before the first packet has told.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>"audio" or "video".</summary>
    public required string Kind { get; init; }

    public required string TransportId { get; init; }

    public string? CodecId { get; init; }
}

/// <summary>What a publisher's stream was like when it arrived here.</summary>
public sealed record InboundRtpStats : RtpStreamStats
{
    public override string Type => "inbound-rtp";

    public string? Mid { get; init; }

    /// <summary>Of what was sent under another SSRC to repair this stream.</summary>
    public uint? RtxSsrc { get; init; }

    public string? RemoteId { get; init; }

    /// <summary>Repetitions included.</summary>
    public required long PacketsReceived { get; init; }

    /// <summary>Payload alone, repetitions included.</summary>
    public required long BytesReceived { get; init; }

    public required long RetransmittedPacketsReceived { get; init; }

    public required long RetransmittedBytesReceived { get; init; }

    /// <summary>RFC 3550 §6.4.1, of the present source. What RTX brought back counts as lost here.</summary>
    public long? PacketsLost { get; init; }

    /// <summary>Seconds (RFC 3550 §6.4.1).</summary>
    public double? Jitter { get; init; }

    /// <summary>In ms since 1970.</summary>
    public double? LastPacketReceivedTimestamp { get; init; }

    public required long NackCount { get; init; }

    public required long PliCount { get; init; }

    public required long FirCount { get; init; }
}

/// <summary>What is sent to a subscriber.</summary>
public sealed record OutboundRtpStats : RtpStreamStats
{
    public override string Type => "outbound-rtp";

    public string? Mid { get; init; }

    public uint? RtxSsrc { get; init; }

    public string? RemoteId { get; init; }

    /// <summary>Whether packets flow; not while a right, a keyframe or a common codec is missing.</summary>
    public required bool Active { get; init; }

    /// <summary>Repetitions included.</summary>
    public required long PacketsSent { get; init; }

    /// <summary>Payload alone, repetitions included.</summary>
    public required long BytesSent { get; init; }

    public required long RetransmittedPacketsSent { get; init; }

    public required long RetransmittedBytesSent { get; init; }

    public required long NackCount { get; init; }

    public required long PliCount { get; init; }

    public required long FirCount { get; init; }
}

/// <summary>What a subscriber's RTCP report blocks say of an <see cref="OutboundRtpStats"/>.</summary>
public sealed record RemoteInboundRtpStats : RtpStreamStats
{
    public override string Type => "remote-inbound-rtp";

    public required string LocalId { get; init; }

    /// <summary>0–1, between the last two reports.</summary>
    public required double FractionLost { get; init; }

    public required long PacketsLost { get; init; }

    /// <summary>Seconds.</summary>
    public required double Jitter { get; init; }

    /// <summary>Seconds between relay and subscriber; null before a report of the publisher has been sent on and answered.</summary>
    public double? RoundTripTime { get; init; }

    /// <summary>Seconds.</summary>
    public required double TotalRoundTripTime { get; init; }

    public required long RoundTripTimeMeasurements { get; init; }
}

/// <summary>What a publisher's RTCP sender reports say of an <see cref="InboundRtpStats"/>.</summary>
/// <remarks>
/// Without a round trip: the relay sends a publisher no sender reports of its own that it could answer, and does not ask by RFC 3611 §4.4.
/// </remarks>
public sealed record RemoteOutboundRtpStats : RtpStreamStats
{
    public override string Type => "remote-outbound-rtp";

    public required string LocalId { get; init; }

    /// <summary>By the publisher's count, which wraps at 2^32.</summary>
    public required long PacketsSent { get; init; }

    public required long BytesSent { get; init; }

    /// <summary>The publisher's own wall clock when it sent the report, in ms since 1970.</summary>
    public required double RemoteTimestamp { get; init; }

    public required long ReportsSent { get; init; }
}

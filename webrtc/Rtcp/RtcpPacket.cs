namespace AV1Relay.WebRtc.Rtcp;

/// <summary>Registered RTCP packet types.</summary>
public enum RtcpPacketType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    Application = 204,

    /// <summary>RTPFB, RFC 4585 §6.2.</summary>
    TransportLayerFeedback = 205,

    /// <summary>PSFB, RFC 4585 §6.3.</summary>
    PayloadSpecificFeedback = 206,

    /// <summary>XR, RFC 3611; passed over.</summary>
    ExtendedReport = 207,
}

/// <summary>What the five-bit count means in feedback packets (FMT).</summary>
public static class RtcpFeedbackFormat
{
    /// <summary>Of transport layer feedback, RFC 4585 §6.2.1.</summary>
    public const int Nack = 1;

    /// <summary>Of transport layer feedback: transport-wide congestion control.</summary>
    public const int TransportWide = 15;

    /// <summary>Of payload-specific feedback, RFC 4585 §6.3.1.</summary>
    public const int PictureLoss = 1;

    /// <summary>Of payload-specific feedback, RFC 5104 §4.3.1.</summary>
    public const int FullIntraRequest = 4;

    /// <summary>Of payload-specific feedback: application layer feedback, which REMB uses.</summary>
    public const int ApplicationLayer = 15;
}

/// <summary>One packet out of a compound datagram.</summary>
public readonly ref struct RtcpPacket
{
    internal RtcpPacket(RtcpPacketType type, int count, ReadOnlySpan<byte> body)
    {
        Type = type;
        Count = count;
        Body = body;
    }

    public RtcpPacketType Type { get; }

    /// <summary>0–31: number of report blocks or sources, or the feedback format (<see cref="RtcpFeedbackFormat"/>).</summary>
    public int Count { get; }

    /// <summary>All after the four header bytes, padding left out. Not checked any further: the typed views do that.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Whether it is feedback of this kind, long enough to name who sends it and about what (RFC 4585 §6.1).</summary>
    /// <param name="format">One of <see cref="RtcpFeedbackFormat"/>.</param>
    public bool IsFeedback(RtcpPacketType type, int format) => Type == type && Count == format && Body.Length >= 8;
}

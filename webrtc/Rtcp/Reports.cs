using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>How well one source is received, RFC 3550 §6.4.1.</summary>
/// <param name="Ssrc">The source reported on.</param>
/// <param name="FractionLost">Since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Since the start, signed 24 bits: duplicates can make it negative.</param>
/// <param name="ExtendedHighestSequence">Highest sequence number with its count of wraps above.</param>
/// <param name="Jitter">Interarrival jitter in media clock ticks.</param>
/// <param name="LastSenderReport">Middle 32 bits of the last sender report's NTP time; 0 when none came.</param>
/// <param name="DelaySinceLastSenderReport">16.16 seconds.</param>
public readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint ExtendedHighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    internal const int Length = 24;

    /// <summary>Round trip as the reported-on sender computes it, RFC 3550 §6.4.1.</summary>
    /// <param name="arrival">When the report arrived, by the clock that stamped the sender report.</param>
    /// <returns>Null when the receiver has seen no sender report, or when the fields contradict the clock.</returns>
    public TimeSpan? RoundTripTime(NtpTime arrival)
    {
        if (LastSenderReport == 0) return null;
        var roundTrip = unchecked((int)(arrival.Middle32 - LastSenderReport - DelaySinceLastSenderReport));
        return roundTrip < 0 ? null : NtpTime.FromMiddle32((uint)roundTrip);
    }

    internal static ReportBlock Read(ReadOnlySpan<byte> block) => new(
        BinaryPrimitives.ReadUInt32BigEndian(block),
        block[4],
        BinaryPrimitives.ReadInt32BigEndian(block[4..]) << 8 >> 8, // sign of the 24 bits
        BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
        BinaryPrimitives.ReadUInt32BigEndian(block[20..]));

    internal void Write(Span<byte> block)
    {
        BinaryPrimitives.WriteUInt32BigEndian(block, Ssrc);
        BinaryPrimitives.WriteInt32BigEndian(block[4..], Math.Clamp(CumulativeLost, -0x80_0000, 0x7F_FFFF));
        block[4] = FractionLost;
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], ExtendedHighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], DelaySinceLastSenderReport);
    }
}

/// <summary>The report blocks of one packet, read as they are asked for.</summary>
public readonly ref struct ReportBlocks
{
    private readonly ReadOnlySpan<byte> _blocks;

    internal ReportBlocks(ReadOnlySpan<byte> blocks) => _blocks = blocks;

    public int Count => _blocks.Length / ReportBlock.Length;

    public ReportBlock this[int index] => ReportBlock.Read(_blocks.Slice(index * ReportBlock.Length, ReportBlock.Length));

    /// <summary>Finds the block about one of our sources.</summary>
    public bool TryFind(uint ssrc, out ReportBlock block)
    {
        for (var i = 0; i < Count; i++)
        {
            block = this[i];
            if (block.Ssrc == ssrc) return true;
        }

        block = default;
        return false;
    }
}

/// <summary>The part of a sender report that is about the sender, RFC 3550 §6.4.1.</summary>
/// <param name="NtpTime">When the report was sent, by the sender's wall clock.</param>
/// <param name="RtpTimestamp">The same instant in media clock ticks.</param>
public readonly record struct SenderInfo(NtpTime NtpTime, uint RtpTimestamp, uint PacketCount, uint OctetCount)
{
    internal const int Length = 20;
}

/// <summary>SR, RFC 3550 §6.4.1.</summary>
public readonly ref struct SenderReport
{
    private SenderReport(uint ssrc, SenderInfo sender, ReportBlocks blocks)
    {
        Ssrc = ssrc;
        Sender = sender;
        Blocks = blocks;
    }

    public uint Ssrc { get; }

    public SenderInfo Sender { get; }

    public ReportBlocks Blocks { get; }

    public static bool TryParse(in RtcpPacket packet, out SenderReport report)
    {
        report = default;
        var body = packet.Body;
        var blocksLength = packet.Count * ReportBlock.Length;
        if (packet.Type != RtcpPacketType.SenderReport || body.Length < 4 + SenderInfo.Length + blocksLength) return false;

        report = new SenderReport(
            BinaryPrimitives.ReadUInt32BigEndian(body),
            new SenderInfo(
                new NtpTime(BinaryPrimitives.ReadUInt64BigEndian(body[4..])),
                BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
                BinaryPrimitives.ReadUInt32BigEndian(body[16..]),
                BinaryPrimitives.ReadUInt32BigEndian(body[20..])),
            new ReportBlocks(body.Slice(4 + SenderInfo.Length, blocksLength)));
        return true;
    }
}

/// <summary>RR, RFC 3550 §6.4.2.</summary>
public readonly ref struct ReceiverReport
{
    private ReceiverReport(uint ssrc, ReportBlocks blocks)
    {
        Ssrc = ssrc;
        Blocks = blocks;
    }

    /// <summary>Who reports.</summary>
    public uint Ssrc { get; }

    public ReportBlocks Blocks { get; }

    public static bool TryParse(in RtcpPacket packet, out ReceiverReport report)
    {
        report = default;
        var blocksLength = packet.Count * ReportBlock.Length;
        if (packet.Type != RtcpPacketType.ReceiverReport || packet.Body.Length < 4 + blocksLength) return false;
        report = new ReceiverReport(
            BinaryPrimitives.ReadUInt32BigEndian(packet.Body), new ReportBlocks(packet.Body.Slice(4, blocksLength)));
        return true;
    }
}

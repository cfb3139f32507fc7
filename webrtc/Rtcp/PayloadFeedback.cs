using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>PLI, RFC 4585 §6.3.1: the receiver can't decode until a key frame comes.</summary>
public readonly record struct PictureLoss(uint SenderSsrc, uint MediaSsrc)
{
    public static bool TryParse(in RtcpPacket packet, out PictureLoss loss)
    {
        loss = default;
        if (!packet.IsFeedback(RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.PictureLoss)) return false;
        loss = new PictureLoss(
            BinaryPrimitives.ReadUInt32BigEndian(packet.Body), BinaryPrimitives.ReadUInt32BigEndian(packet.Body[4..]));
        return true;
    }
}

/// <summary>FIR, RFC 5104 §4.3.1: a key frame is asked for by command.</summary>
public readonly ref struct FullIntraRequest
{
    private const int EntryLength = 8;

    private readonly ReadOnlySpan<byte> _entries;

    private FullIntraRequest(uint senderSsrc, ReadOnlySpan<byte> entries)
    {
        SenderSsrc = senderSsrc;
        _entries = entries;
    }

    public uint SenderSsrc { get; }

    public int Count => _entries.Length / EntryLength;

    /// <summary>The stream asked, and a number that repeats when a request is repeated.</summary>
    public (uint MediaSsrc, byte CommandSequence) this[int index]
    {
        get
        {
            var entry = _entries.Slice(index * EntryLength, EntryLength);
            return (BinaryPrimitives.ReadUInt32BigEndian(entry), entry[4]);
        }
    }

    public static bool TryParse(in RtcpPacket packet, out FullIntraRequest request)
    {
        request = default;
        if (!packet.IsFeedback(RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.FullIntraRequest)) return false;
        request = new FullIntraRequest(BinaryPrimitives.ReadUInt32BigEndian(packet.Body), packet.Body[8..]);
        return true;
    }
}

/// <summary>REMB (draft-alvestrand-rmcat-remb): how much the receiver thinks the path can carry.</summary>
public readonly ref struct ReceiverEstimatedBitrate
{
    internal static ReadOnlySpan<byte> Identifier => "REMB"u8;

    private readonly ReadOnlySpan<byte> _sources;

    private ReceiverEstimatedBitrate(uint senderSsrc, long bitrateBps, ReadOnlySpan<byte> sources)
    {
        SenderSsrc = senderSsrc;
        BitrateBps = bitrateBps;
        _sources = sources;
    }

    public uint SenderSsrc { get; }

    /// <summary>For all the streams named together; cut at 10 Tbit/s.</summary>
    public long BitrateBps { get; }

    public int Count => _sources.Length / 4;

    public uint this[int index] => BinaryPrimitives.ReadUInt32BigEndian(_sources.Slice(4 * index, 4));

    public static bool TryParse(in RtcpPacket packet, out ReceiverEstimatedBitrate estimate)
    {
        estimate = default;
        if (!packet.IsFeedback(RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.ApplicationLayer)) return false;
        var body = packet.Body;
        if (body.Length < 16 || !body.Slice(8, 4).SequenceEqual(Identifier)) return false;

        var count = body[12];
        if (body.Length < 16 + 4 * count) return false;
        var exponent = body[13] >> 2;
        var mantissa = (ulong)((body[13] & 0x03) << 16 | body[14] << 8 | body[15]);
        const ulong ceiling = 10_000_000_000_000;
        var bitrate = mantissa == 0 ? 0 : exponent > 45 ? ceiling : Math.Min(mantissa << exponent, ceiling);
        estimate = new ReceiverEstimatedBitrate(
            BinaryPrimitives.ReadUInt32BigEndian(body), (long)bitrate, body.Slice(16, 4 * count));
        return true;
    }
}

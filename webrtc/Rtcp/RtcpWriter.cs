using System.Buffers.Binary;
using System.Numerics;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>Writes RTCP packets one after another into a caller's buffer.</summary>
/// <remarks>
/// Each method returns the bytes written, always a multiple of four, or 0 when the packet does not fit (nothing usable is written then): a
/// compound is <c>length += Write…(buffer[length..], …)</c>.
/// </remarks>
public static class RtcpWriter
{
    /// <summary>The five-bit count allows this many blocks or sources.</summary>
    public const int MaxBlocks = 31;

    public static int WriteSenderReport(Span<byte> buffer, uint ssrc, in SenderInfo sender, ReadOnlySpan<ReportBlock> blocks = default)
    {
        var length = 8 + SenderInfo.Length + blocks.Length * ReportBlock.Length;
        if (blocks.Length > MaxBlocks || !TryWriteHeader(buffer, RtcpPacketType.SenderReport, blocks.Length, length)) return 0;

        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(buffer[8..], sender.NtpTime.Value);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[16..], sender.RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[20..], sender.PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[24..], sender.OctetCount);
        WriteBlocks(buffer[28..], blocks);
        return length;
    }

    public static int WriteReceiverReport(Span<byte> buffer, uint ssrc, ReadOnlySpan<ReportBlock> blocks = default)
    {
        var length = 8 + blocks.Length * ReportBlock.Length;
        if (blocks.Length > MaxBlocks || !TryWriteHeader(buffer, RtcpPacketType.ReceiverReport, blocks.Length, length)) return 0;

        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], ssrc);
        WriteBlocks(buffer[8..], blocks);
        return length;
    }

    /// <summary>SDES with one chunk that holds a CNAME, RFC 3550 §6.5.1.</summary>
    /// <param name="canonicalName">1–255 bytes of UTF-8; random, so that it identifies nobody (RFC 7022).</param>
    public static int WriteSdesCname(Span<byte> buffer, uint ssrc, ReadOnlySpan<byte> canonicalName)
    {
        if (canonicalName.Length is 0 or > 255) return 0;
        var end = 10 + canonicalName.Length;
        var length = (end & ~3) + 4; // at least one zero byte ends the chunk
        if (!TryWriteHeader(buffer, RtcpPacketType.SourceDescription, 1, length)) return 0;

        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], ssrc);
        buffer[8] = SourceDescription.CanonicalName;
        buffer[9] = (byte)canonicalName.Length;
        canonicalName.CopyTo(buffer[10..]);
        buffer[end..length].Clear();
        return length;
    }

    public static int WriteBye(Span<byte> buffer, params ReadOnlySpan<uint> ssrcs)
    {
        var length = 4 + 4 * ssrcs.Length;
        if (ssrcs.Length > MaxBlocks || !TryWriteHeader(buffer, RtcpPacketType.Goodbye, ssrcs.Length, length)) return 0;
        for (var i = 0; i < ssrcs.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(buffer[(4 + 4 * i)..], ssrcs[i]);
        return length;
    }

    /// <summary>Generic NACK, RFC 4585 §6.2.1.</summary>
    /// <param name="lost">In rising order (over wraps), so that neighbours share an entry; one or more.</param>
    public static int WriteNack(Span<byte> buffer, uint senderSsrc, uint mediaSsrc, ReadOnlySpan<ushort> lost)
    {
        const int headerLength = 12;
        if (lost.IsEmpty || buffer.Length < headerLength) return 0;

        var length = headerLength;
        for (var i = 0; i < lost.Length;)
        {
            if (length + 4 > buffer.Length) return 0;
            var packetId = lost[i++];
            var bits = 0;
            while (i < lost.Length && (ushort)(lost[i] - packetId) is >= 1 and <= 16)
            {
                bits |= 1 << ((ushort)(lost[i++] - packetId) - 1);
            }

            BinaryPrimitives.WriteUInt16BigEndian(buffer[length..], packetId);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[(length + 2)..], (ushort)bits);
            length += 4;
        }

        WriteFeedbackHeader(
            buffer, RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.Nack, length, senderSsrc, mediaSsrc);
        return length;
    }

    public static int WritePli(Span<byte> buffer, uint senderSsrc, uint mediaSsrc)
    {
        const int length = 12;
        if (buffer.Length < length) return 0;
        WriteFeedbackHeader(
            buffer, RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.PictureLoss, length, senderSsrc, mediaSsrc);
        return length;
    }

    /// <param name="commandSequence">Goes up by one with each new request; a repetition keeps it.</param>
    public static int WriteFir(Span<byte> buffer, uint senderSsrc, uint mediaSsrc, byte commandSequence)
    {
        const int length = 20;
        if (buffer.Length < length) return 0;
        WriteFeedbackHeader( // the header's media source stays 0, RFC 5104 §4.3.1.2
            buffer, RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.FullIntraRequest, length, senderSsrc, mediaSsrc: 0);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[12..], mediaSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[16..], (uint)commandSequence << 24);
        return length;
    }

    /// <summary>REMB: the bitrate is rounded down to 18 significant bits.</summary>
    public static int WriteRemb(Span<byte> buffer, uint senderSsrc, long bitrateBps, params ReadOnlySpan<uint> mediaSsrcs)
    {
        var length = 20 + 4 * mediaSsrcs.Length;
        if (bitrateBps < 0 || mediaSsrcs.Length > byte.MaxValue || buffer.Length < length) return 0;
        WriteFeedbackHeader(
            buffer, RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.ApplicationLayer, length, senderSsrc, mediaSsrc: 0);
        ReceiverEstimatedBitrate.Identifier.CopyTo(buffer[12..]);
        var exponent = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)bitrateBps) - 18);
        var mantissa = (uint)(bitrateBps >> exponent);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[16..], (uint)mediaSsrcs.Length << 24 | (uint)exponent << 18 | mantissa);
        for (var i = 0; i < mediaSsrcs.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(buffer[(20 + 4 * i)..], mediaSsrcs[i]);
        return length;
    }

    internal static void WriteFeedbackHeader(
        Span<byte> buffer, RtcpPacketType type, int format, int length, uint senderSsrc, uint mediaSsrc)
    {
        TryWriteHeader(buffer, type, format, length);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], mediaSsrc);
    }

    private static bool TryWriteHeader(Span<byte> buffer, RtcpPacketType type, int count, int length)
    {
        if (buffer.Length < length) return false;
        buffer[0] = (byte)(0x80 | count);
        buffer[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(length / 4 - 1));
        return true;
    }

    private static void WriteBlocks(Span<byte> buffer, ReadOnlySpan<ReportBlock> blocks)
    {
        for (var i = 0; i < blocks.Length; i++) blocks[i].Write(buffer[(i * ReportBlock.Length)..]);
    }
}

using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtp;

/// <summary>Retransmission in a stream of its own, RFC 4588 §4: the payload begins with the original sequence number.</summary>
public static class Rtx
{
    /// <summary>Bytes that wrapping adds.</summary>
    public const int OriginalSequenceNumberLength = 2;

    /// <summary>Wraps a kept packet: header extensions and CSRCs stay, padding goes.</summary>
    /// <param name="packet">The original, parsed; must not overlap the destination.</param>
    /// <returns>Bytes written; -1 when the destination is too short.</returns>
    public static int Wrap(in RtpPacket packet, byte payloadType, uint ssrc, ushort sequenceNumber, Span<byte> destination)
    {
        var payload = packet.Payload;
        var length = packet.HeaderLength + OriginalSequenceNumberLength + payload.Length;
        if (destination.Length < length) return -1;

        packet.Datagram[..packet.HeaderLength].CopyTo(destination);
        destination[0] &= 0xDF; // no padding
        RtpPacketWriter.Rewrite(destination, packet.Header with { PayloadType = payloadType, Ssrc = ssrc, SequenceNumber = sequenceNumber });
        BinaryPrimitives.WriteUInt16BigEndian(destination[packet.HeaderLength..], packet.SequenceNumber);
        payload.CopyTo(destination[(packet.HeaderLength + OriginalSequenceNumberLength)..]);
        return length;
    }

    /// <summary>Restores the original packet.</summary>
    /// <returns>Bytes written; -1 when there is no original inside (padding that probes the path), or when the destination is too short.</returns>
    public static int Unwrap(in RtpPacket packet, byte originalPayloadType, uint originalSsrc, Span<byte> destination)
    {
        var payload = packet.Payload;
        if (payload.Length < OriginalSequenceNumberLength) return -1;
        var length = packet.HeaderLength + payload.Length - OriginalSequenceNumberLength;
        if (destination.Length < length) return -1;

        packet.Datagram[..packet.HeaderLength].CopyTo(destination);
        destination[0] &= 0xDF;
        RtpPacketWriter.Rewrite(destination, packet.Header with
        {
            PayloadType = originalPayloadType,
            Ssrc = originalSsrc,
            SequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(payload),
        });
        payload[OriginalSequenceNumberLength..].CopyTo(destination[packet.HeaderLength..]);
        return length;
    }
}

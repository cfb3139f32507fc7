using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Srtp;

/// <summary>The little of RTP and RTCP headers that protection needs, from untrusted bytes.</summary>
internal static class SrtpHeader
{
    private const int RtpFixedLength = 12; // bytes

    /// <summary>Header length with contributing sources and extension (RFC 3550 §5.1, §5.3.1); false when it does not fit.</summary>
    public static bool TryReadRtp(ReadOnlySpan<byte> packet, out int headerLength, out ushort sequenceNumber, out uint ssrc)
    {
        headerLength = 0;
        sequenceNumber = 0;
        ssrc = 0;
        if (packet.Length < RtpFixedLength || packet[0] >> 6 != 2) return false;

        var length = RtpFixedLength + 4 * (packet[0] & 0x0F);
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + 4) return false;
            length += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]);
        }

        if (packet.Length < length) return false;
        headerLength = length;
        sequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        return true;
    }

    public static bool TryReadRtcp(ReadOnlySpan<byte> packet, out uint ssrc)
    {
        ssrc = 0;
        if (packet.Length < SrtpTransform.RtcpHeaderLength || packet[0] >> 6 != 2) return false;
        ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[4..]);
        return true;
    }
}

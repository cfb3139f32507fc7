using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>SDES, RFC 3550 §6.5. Only the canonical name is of interest here.</summary>
public readonly ref struct SourceDescription
{
    internal const byte CanonicalName = 1;

    private readonly ReadOnlySpan<byte> _chunks;
    private readonly int _count;

    private SourceDescription(ReadOnlySpan<byte> chunks, int count)
    {
        _chunks = chunks;
        _count = count;
    }

    public static bool TryParse(in RtcpPacket packet, out SourceDescription description)
    {
        description = default;
        if (packet.Type != RtcpPacketType.SourceDescription) return false;
        description = new SourceDescription(packet.Body, packet.Count);
        return true;
    }

    /// <summary>Finds a source's CNAME: bytes of UTF-8 as they came, up to 255.</summary>
    public bool TryGetCanonicalName(uint ssrc, out ReadOnlySpan<byte> name)
    {
        name = default;
        var rest = _chunks;
        for (var chunk = 0; chunk < _count && rest.Length >= 4; chunk++)
        {
            var isWanted = BinaryPrimitives.ReadUInt32BigEndian(rest) == ssrc;
            var position = 4;
            while (position < rest.Length && rest[position] != 0)
            {
                if (position + 2 > rest.Length || position + 2 + rest[position + 1] > rest.Length) return false;
                if (isWanted && rest[position] == CanonicalName)
                {
                    name = rest.Slice(position + 2, rest[position + 1]);
                    return true;
                }

                position += 2 + rest[position + 1];
            }

            position = (position & ~3) + 4; // one to four zero bytes end a chunk on a 32-bit boundary
            if (position > rest.Length) return false;
            rest = rest[position..];
        }

        return false;
    }
}

using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>BYE, RFC 3550 §6.6. The reason, which is free text from outside, is not read.</summary>
public readonly ref struct Goodbye
{
    private readonly ReadOnlySpan<byte> _sources;

    private Goodbye(ReadOnlySpan<byte> sources) => _sources = sources;

    public int Count => _sources.Length / 4;

    /// <summary>An SSRC that has left.</summary>
    public uint this[int index] => BinaryPrimitives.ReadUInt32BigEndian(_sources.Slice(4 * index, 4));

    public static bool TryParse(in RtcpPacket packet, out Goodbye goodbye)
    {
        goodbye = default;
        if (packet.Type != RtcpPacketType.Goodbye || packet.Body.Length < 4 * packet.Count) return false;
        goodbye = new Goodbye(packet.Body[..(4 * packet.Count)]);
        return true;
    }
}

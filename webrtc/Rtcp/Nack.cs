using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>Generic NACK, RFC 4585 §6.2.1. <c>foreach</c> yields the lost sequence numbers.</summary>
public readonly ref struct Nack
{
    private readonly ReadOnlySpan<byte> _entries;

    private Nack(uint senderSsrc, uint mediaSsrc, ReadOnlySpan<byte> entries)
    {
        SenderSsrc = senderSsrc;
        MediaSsrc = mediaSsrc;
        _entries = entries;
    }

    public uint SenderSsrc { get; }

    /// <summary>The stream in which packets are missing.</summary>
    public uint MediaSsrc { get; }

    public static bool TryParse(in RtcpPacket packet, out Nack nack)
    {
        nack = default;
        if (!packet.IsFeedback(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.Nack)) return false;
        var body = packet.Body;
        nack = new Nack(BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]), body[8..]);
        return true;
    }

    public Enumerator GetEnumerator() => new(_entries);

    /// <summary>Walks PID and the bits of BLP; at most 17 numbers an entry.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private ushort _packetId;
        private int _bits; // those of BLP that are still to be told, from bit 0
        private int _offset;

        internal Enumerator(ReadOnlySpan<byte> entries)
        {
            _rest = entries;
            Current = 0;
        }

        public ushort Current { get; private set; }

        public bool MoveNext()
        {
            if (_bits != 0)
            {
                var skip = System.Numerics.BitOperations.TrailingZeroCount(_bits);
                _offset += skip + 1;
                _bits >>= skip + 1;
                Current = (ushort)(_packetId + _offset);
                return true;
            }

            if (_rest.Length < 4) return false;
            Current = _packetId = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            _bits = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            _offset = 0;
            _rest = _rest[4..];
            return true;
        }
    }
}

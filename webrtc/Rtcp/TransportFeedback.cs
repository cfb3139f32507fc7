using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Rtcp;

/// <summary>What became of one packet, by its transport-wide sequence number.</summary>
/// <param name="Arrival">
/// By the receiver's clock, whose zero is unknown: only differences count. Meaningless when not received.
/// </param>
public readonly record struct TransportFeedbackStatus(ushort SequenceNumber, bool IsReceived, TimeSpan Arrival);

/// <summary>Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).</summary>
/// <remarks>Checked as a whole by <see cref="TryParse"/>; <c>foreach</c> then yields one status for each packet reported on, in order.</remarks>
public readonly ref struct TransportFeedback
{
    /// <summary>Reports about more packets are refused: they would cost more than they can tell.</summary>
    public const int MaxPackets = 2_048;

    /// <summary>Unit of the deltas: 250 µs.</summary>
    internal const long DeltaTicks = TimeSpan.TicksPerMillisecond / 4;

    /// <summary>Unit of the reference time: 64 ms.</summary>
    internal const long ReferenceTicks = 64 * TimeSpan.TicksPerMillisecond;

    internal const int HeaderLength = 16; // from the sender's SSRC to the feedback packet count

    private readonly ReadOnlySpan<byte> _chunks;
    private readonly ReadOnlySpan<byte> _deltas;
    private readonly int _reference;

    private TransportFeedback(ReadOnlySpan<byte> body, int chunksLength)
    {
        SenderSsrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        BaseSequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(body[8..]);
        PacketCount = BinaryPrimitives.ReadUInt16BigEndian(body[10..]);
        _reference = BinaryPrimitives.ReadInt32BigEndian(body[12..]) >> 8;
        FeedbackCount = body[15];
        _chunks = body.Slice(HeaderLength, chunksLength);
        _deltas = body[(HeaderLength + chunksLength)..];
    }

    public uint SenderSsrc { get; }

    public ushort BaseSequenceNumber { get; }

    /// <summary>Packets reported on, received or not.</summary>
    public int PacketCount { get; }

    /// <summary>Counts feedback packets modulo 256: a gap means that one was lost.</summary>
    public byte FeedbackCount { get; }

    public static bool TryParse(in RtcpPacket packet, out TransportFeedback feedback)
    {
        feedback = default;
        var body = packet.Body;
        if (!packet.IsFeedback(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.TransportWide) || body.Length < HeaderLength)
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt16BigEndian(body[10..]);
        if (count is 0 or > MaxPackets) return false;

        var symbols = new TransportFeedbackSymbols(body[HeaderLength..]);
        var deltasLength = 0;
        for (var i = 0; i < count; i++)
        {
            if (!symbols.TryNext(out var symbol)) return false;
            deltasLength += TransportFeedbackSymbols.DeltaLength(symbol);
        }

        if (HeaderLength + symbols.BytesRead + deltasLength > body.Length) return false;
        feedback = new TransportFeedback(body, symbols.BytesRead);
        return true;
    }

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator
    {
        private readonly ushort _base;
        private readonly int _count;
        private TransportFeedbackSymbols _symbols;
        private ReadOnlySpan<byte> _deltas;
        private long _arrivalTicks;
        private int _index;

        internal Enumerator(TransportFeedback feedback)
        {
            _base = feedback.BaseSequenceNumber;
            _count = feedback.PacketCount;
            _symbols = new TransportFeedbackSymbols(feedback._chunks);
            _deltas = feedback._deltas;
            _arrivalTicks = feedback._reference * ReferenceTicks;
        }

        public TransportFeedbackStatus Current { get; private set; }

        public bool MoveNext()
        {
            if (_index == _count || !_symbols.TryNext(out var symbol)) return false;

            var deltaLength = TransportFeedbackSymbols.DeltaLength(symbol);
            if (deltaLength > 0)
            {
                var delta = deltaLength == 1 ? _deltas[0] : BinaryPrimitives.ReadInt16BigEndian(_deltas);
                _arrivalTicks += delta * DeltaTicks;
                _deltas = _deltas[deltaLength..];
            }

            Current = new TransportFeedbackStatus((ushort)(_base + _index++), deltaLength > 0, new TimeSpan(_arrivalTicks));
            return true;
        }
    }
}

/// <summary>Walks the symbols of packet chunks (§3.1.3, §3.1.4 of the same draft), one for each packet.</summary>
internal ref struct TransportFeedbackSymbols(ReadOnlySpan<byte> chunks)
{
    internal const int NotReceived = 0;
    internal const int SmallDelta = 1;
    internal const int LargeDelta = 2;

    private readonly ReadOnlySpan<byte> _chunks = chunks;
    private int _chunk;
    private int _left; // symbols left in the current chunk

    internal int BytesRead { get; private set; }

    /// <summary>Bytes of the delta that belongs to a symbol; the reserved one (3) has none and counts as not received.</summary>
    internal static int DeltaLength(int symbol) => symbol is SmallDelta or LargeDelta ? symbol : 0;

    internal bool TryNext(out int symbol)
    {
        symbol = NotReceived;
        if (_left == 0)
        {
            if (_chunks.Length < BytesRead + 2) return false;
            _chunk = BinaryPrimitives.ReadUInt16BigEndian(_chunks[BytesRead..]);
            BytesRead += 2;
            _left = (_chunk & 0x8000) == 0 ? _chunk & 0x1FFF : (_chunk & 0x4000) == 0 ? 14 : 7;
            if (_left == 0) return false; // a run of no length
        }

        _left--;
        symbol = (_chunk & 0x8000) == 0 ? (_chunk >> 13) & 3
            : (_chunk & 0x4000) == 0 ? (_chunk >> _left) & 1
            : (_chunk >> (2 * _left)) & 3;
        return true;
    }
}

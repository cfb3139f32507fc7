namespace AV1Relay.WebRtc.Ice;

/// <summary>Datagrams that wait to be sent: a ring of kept buffers. When it is full new ones are dropped; STUN repeats itself.</summary>
internal sealed class IceOutbox
{
    public const int MaxDatagram = 700; // bytes: a check with two fragments of full length

    private const int Slots = 32;

    private readonly byte[]?[] _buffers = new byte[Slots][];
    private readonly (int Length, CandidatePair Path)[] _entries = new (int, CandidatePair)[Slots];
    private int _head;
    private int _count;

    /// <summary>Where to write the next datagram; empty when there is no room.</summary>
    public Span<byte> Reserve() => _count == Slots ? default : (_buffers[(_head + _count) % Slots] ??= new byte[MaxDatagram]);

    /// <summary>Queues what was written to <see cref="Reserve"/>'s span; nothing for length 0.</summary>
    public void Commit(int length, CandidatePair path)
    {
        if (length == 0 || _count == Slots) return;
        _entries[(_head + _count) % Slots] = (length, path);
        _count++;
    }

    /// <summary>A datagram that doesn't fit the destination is dropped.</summary>
    public bool TryTake(Span<byte> destination, out int length, out CandidatePair path)
    {
        (length, path) = (0, default);
        while (_count > 0)
        {
            (length, path) = _entries[_head];
            var datagram = _buffers[_head].AsSpan(0, length);
            _head = (_head + 1) % Slots;
            _count--;
            if (datagram.TryCopyTo(destination)) return true;
        }

        length = 0;
        return false;
    }
}

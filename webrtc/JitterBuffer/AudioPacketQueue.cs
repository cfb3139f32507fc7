namespace AV1Relay.WebRtc.JitterBuffer;

/// <summary>A few packets in the order of their timestamps, in memory taken once.</summary>
internal sealed class AudioPacketQueue
{
    internal const int Capacity = 64;
    internal const int MaxPacketBytes = 1_500;

    private readonly byte[] _bytes = new byte[Capacity * MaxPacketBytes];
    private readonly Entry[] _entries = new Entry[Capacity]; // the first Count are in use, in order; the others hold free slots

    internal AudioPacketQueue()
    {
        for (var i = 0; i < Capacity; i++) _entries[i].Slot = i;
    }

    internal int Count { get; private set; }

    internal bool IsFull => Count == Capacity;

    internal ref readonly Entry this[int index] => ref _entries[index];

    internal ReadOnlySpan<byte> Payload(int index)
        => _bytes.AsSpan(_entries[index].Slot * MaxPacketBytes, _entries[index].Length);

    /// <summary>Puts a packet in its place. The queue must not be full.</summary>
    internal void Insert(long sequenceNumber, long timestamp, ReadOnlySpan<byte> payload, int samples)
    {
        var slot = _entries[Count].Slot;
        payload.CopyTo(_bytes.AsSpan(slot * MaxPacketBytes));
        var index = Count;
        for (; index > 0 && _entries[index - 1].Timestamp > timestamp; index--) _entries[index] = _entries[index - 1];
        _entries[index] = new Entry
        {
            Slot = slot,
            Length = payload.Length,
            SequenceNumber = sequenceNumber,
            Timestamp = timestamp,
            Samples = samples,
        };
        Count++;
    }

    /// <summary>Takes the first packet out. Its payload's bytes stay until the next <see cref="Insert"/>.</summary>
    internal void RemoveFirst()
    {
        var first = _entries[0];
        Count--;
        Array.Copy(_entries, 1, _entries, 0, Count);
        _entries[Count] = first; // keeps the slot
    }

    internal void Clear() => Count = 0;

    internal struct Entry
    {
        internal int Slot;
        internal int Length;
        internal long SequenceNumber;
        internal long Timestamp;
        internal int Samples;

        internal readonly long End => Timestamp + Samples;
    }
}

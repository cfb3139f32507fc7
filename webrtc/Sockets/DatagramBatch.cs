using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>Slots for datagrams, received or to be sent, in one pinned block that lives as long as the batch.</summary>
/// <remarks>Not thread-safe: it belongs to the thread that owns the socket.</remarks>
public sealed class DatagramBatch
{
    /// <summary>Bytes in a slot: more than any datagram that a path with an Ethernet's MTU delivers whole.</summary>
    public const int SlotLength = 2_048;

    /// <summary>A little beyond the slot, so that a socket can notice that a datagram was longer.</summary>
    internal const int SlotStride = SlotLength + 64;

    private readonly byte[] _block;
    private readonly int[] _lengths;
    private readonly TransportAddress[] _remotes;
    private readonly long[] _timestamps;

    /// <param name="capacity">1–1,024 datagrams; also the most that one system call moves.</param>
    public DatagramBatch(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1_024); // UIO_MAXIOV
        Capacity = capacity;
        _block = GC.AllocateArray<byte>(capacity * SlotStride, pinned: true);
        _lengths = new int[capacity];
        _remotes = new TransportAddress[capacity];
        _timestamps = new long[capacity];
    }

    public int Capacity { get; }

    /// <summary>Datagrams received, or queued to be sent.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>One slot: of a datagram below <see cref="Count"/>, or the free one to be filled before <see cref="Add"/>.</summary>
    public DatagramSlot this[int index] => new(this, index);

    /// <summary>The next free slot's buffer; empty when the batch is full. Fill it, then call <see cref="Add"/>.</summary>
    public Span<byte> NextBuffer => IsFull ? default : Buffer(Count);

    /// <summary>All the bytes of a slot, used or not.</summary>
    public Span<byte> Buffer(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Capacity);
        return _block.AsSpan(index * SlotStride, SlotLength);
    }

    public Span<byte> Datagram(int index) => Buffer(index)[.._lengths[index]];

    public int Length(int index) => _lengths[index];

    public TransportAddress Remote(int index) => _remotes[index];

    /// <summary>When the kernel received the datagram: nanoseconds since 1970 by its wall clock; 0 when unknown.</summary>
    public long KernelTimestampNanos(int index) => _timestamps[index];

    /// <summary>Queues what was written into the next free slot.</summary>
    /// <returns>False when the batch is full: send it first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or over <see cref="SlotLength"/>.</exception>
    public bool Add(int length, in TransportAddress remote)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)SlotLength, nameof(length));
        if (IsFull) return false;
        Append(length, remote, timestampNanos: 0);
        return true;
    }

    public void Clear() => Count = 0;

    /// <summary>Address of a slot; stays valid, because the block is pinned.</summary>
    internal unsafe byte* Pointer(int index)
        => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_block)) + index * SlotStride;

    /// <summary>A slot with the bytes beyond it.</summary>
    internal Span<byte> Stride(int index) => _block.AsSpan(index * SlotStride, SlotStride);

    internal void Append(int length, in TransportAddress remote, long timestampNanos)
    {
        _lengths[Count] = length;
        _remotes[Count] = remote;
        _timestamps[Count] = timestampNanos;
        Count++;
    }
}

/// <summary>One place in a batch. A view: valid until the batch is used again.</summary>
public readonly ref struct DatagramSlot
{
    private readonly DatagramBatch _batch;
    private readonly int _index;

    internal DatagramSlot(DatagramBatch batch, int index)
    {
        _batch = batch;
        _index = index;
    }

    /// <inheritdoc cref="DatagramBatch.Buffer"/>
    public Span<byte> Buffer => _batch.Buffer(_index);

    /// <summary>The bytes received or queued.</summary>
    public Span<byte> Datagram => _batch.Datagram(_index);

    public int Length => _batch.Length(_index);

    public TransportAddress Remote => _batch.Remote(_index);

    /// <inheritdoc cref="DatagramBatch.KernelTimestampNanos"/>
    public long KernelTimestampNanos => _batch.KernelTimestampNanos(_index);
}

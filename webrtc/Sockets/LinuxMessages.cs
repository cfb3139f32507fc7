using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static AV1Relay.WebRtc.Sockets.LinuxSystemCalls;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>The arrays that recvmmsg or sendmmsg reads and writes, for as many messages as the largest batch so far. One for each direction.</summary>
/// <remarks>
/// A received message is one datagram. A message to be sent is a run of them: one vector a datagram, and with more than one a control message
/// that tells the kernel where to cut (UDP_SEGMENT, udp(7)), which costs one way through the network stack instead of many.
/// The arrays are pinned, not native, so that a socket closed by another thread never leaves the kernel writing into freed memory.
/// </remarks>
internal sealed unsafe class LinuxMessages
{
    private readonly DatagramRuns _runs = new();
    private DatagramBatch? _preparedFor;
    private int _received;
    private int _capacity;
    private MultiMessage[] _messageArray = []; // these four keep alive what the pointers point at
    private IoVector[] _vectorArray = [];
    private SocketName[] _nameArray = [];
    private ControlSpace[] _controlArray = [];
    private IoVector* _vectors;
    private SocketName* _names;
    private ControlSpace* _controls;

    internal MultiMessage* Messages { get; private set; }

    /// <summary>Points every message at a slot of the batch.</summary>
    internal void PrepareReceive(DatagramBatch batch)
    {
        // The kernel writes only into the messages that it filled: the others are still as they were prepared.
        var used = batch == _preparedFor ? _received : batch.Capacity;
        _received = 0;
        _preparedFor = batch;
        EnsureCapacity(batch.Capacity);
        for (var i = 0; i < used; i++)
        {
            _vectors[i] = new IoVector { Base = batch.Pointer(i), Length = DatagramBatch.SlotLength };
            Messages[i] = new MultiMessage
            {
                Name = &_names[i],
                NameLength = (uint)sizeof(SocketName),
                Vectors = &_vectors[i],
                VectorCount = 1,
                Control = &_controls[i],
                ControlLength = (nuint)sizeof(ControlSpace),
            };
        }
    }

    /// <summary>Tells the batch what was received, without what did not fit into a slot and without wake tokens.</summary>
    /// <returns>How many were too long.</returns>
    internal int Collect(DatagramBatch batch, int received, AddressFamily family, WakeToken wake)
    {
        _received = received;
        var (leftOut, truncated) = (0, 0);
        for (var i = 0; i < received; i++)
        {
            ref readonly var message = ref Messages[i];
            var length = (int)message.Length;
            var isTruncated = (message.Flags & Truncated) != 0;
            if (isTruncated || wake.Is(new ReadOnlySpan<byte>(batch.Pointer(i), length)))
            {
                leftOut++;
                if (isTruncated) truncated++;
                continue;
            }

            if (leftOut > 0) new ReadOnlySpan<byte>(batch.Pointer(i), length).CopyTo(batch.Buffer(batch.Count)); // close the gap
            var name = new ReadOnlySpan<byte>(message.Name, sizeof(SocketName));
            batch.Append(length, SocketNames.Read(name, family), ReadTimestamp(message));
        }

        return truncated;
    }

    /// <summary>Makes messages of the datagrams queued.</summary>
    /// <param name="maxSegments">Datagrams that one message may carry; 1 without segmentation offload.</param>
    /// <param name="unsendable">Datagrams left out because a socket of this family can't reach their addresses.</param>
    /// <returns>Messages made.</returns>
    internal int PrepareSend(DatagramBatch batch, AddressFamily family, int maxSegments, out int unsendable)
    {
        EnsureCapacity(batch.Capacity);
        _runs.Group(batch, maxSegments);
        unsendable = 0;
        var (count, vector) = (0, 0);
        for (var run = 0; run < _runs.Count; run++)
        {
            var name = new Span<byte>(&_names[count], sizeof(SocketName));
            if (!SocketNames.TryWrite(batch.Remote(_runs.First(run)), family, name))
            {
                unsendable += _runs.Segments(run);
                continue;
            }

            *(short*)&_names[count] = family == AddressFamily.InterNetworkV6 ? FamilyIPv6 : FamilyIPv4;
            var first = vector;
            for (var i = _runs.First(run); i >= 0; i = _runs.Next(i))
                _vectors[vector++] = new IoVector { Base = batch.Pointer(i), Length = (nuint)batch.Length(i) };

            Messages[count] = new MultiMessage
            {
                Name = &_names[count],
                NameLength = family == AddressFamily.InterNetworkV6 ? (uint)SocketNames.IPv6Length : SocketNames.IPv4Length,
                Vectors = &_vectors[first],
                VectorCount = (nuint)(vector - first),
            };
            if (vector - first > 1) AddSegmentLength(count, (ushort)_runs.SegmentLength(run));
            count++;
        }

        return count;
    }

    /// <summary>How many datagrams a prepared message carries.</summary>
    internal int Segments(int message) => (int)Messages[message].VectorCount;

    /// <summary>One datagram of a prepared message as a message of its own: for a path that can't cut.</summary>
    internal MultiMessage Single(int message, int segment)
    {
        var single = Messages[message];
        single.Control = null;
        single.ControlLength = 0;
        single.Vectors += segment;
        single.VectorCount = 1;
        return single;
    }

    private void AddSegmentLength(int message, ushort length)
    {
        var header = (ControlHeader*)&_controls[message];
        header->Length = (nuint)(sizeof(ControlHeader) + sizeof(ushort));
        header->Level = UdpLevel;
        header->Type = UdpSegment;
        *(ushort*)(header + 1) = length;
        Messages[message].Control = header;
        Messages[message].ControlLength = (nuint)((sizeof(ControlHeader) + sizeof(ushort) + 7) & ~7);
    }

    private static long ReadTimestamp(in MultiMessage message)
    {
        var position = (byte*)message.Control;
        var rest = message.ControlLength; // the kernel has set it to what it wrote
        while (rest >= (nuint)sizeof(ControlHeader))
        {
            var header = (ControlHeader*)position;
            if (header->Length < (nuint)sizeof(ControlHeader) || header->Length > rest) return 0;
            if (header->Level == SocketLevel && header->Type == TimestampNanoseconds
                && header->Length >= (nuint)(sizeof(ControlHeader) + sizeof(TimeSpec)))
            {
                var time = (TimeSpec*)(header + 1);
                return time->Seconds * 1_000_000_000 + time->Nanoseconds;
            }

            var step = (header->Length + 7) & ~(nuint)7;
            if (step >= rest) return 0;
            position += step;
            rest -= step;
        }

        return 0;
    }

    private void EnsureCapacity(int capacity)
    {
        if (capacity <= _capacity) return;
        Messages = Allocate<MultiMessage>(capacity, out _messageArray);
        _vectors = Allocate<IoVector>(capacity, out _vectorArray);
        _names = Allocate<SocketName>(capacity, out _nameArray);
        _controls = Allocate<ControlSpace>(capacity, out _controlArray);
        _capacity = capacity;
    }

    private static T* Allocate<T>(int capacity, out T[] array)
        where T : unmanaged
    {
        array = GC.AllocateArray<T>(capacity, pinned: true);
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
    }
}

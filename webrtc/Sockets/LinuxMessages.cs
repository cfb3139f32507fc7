using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static AV1Relay.WebRtc.Sockets.LinuxSystemCalls;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>The arrays that recvmmsg and sendmmsg read and write, for as many messages as the largest batch so far.</summary>
/// <remarks>
/// A message stands for one datagram. Generic segmentation offload would let one message carry a run of equal-sized datagrams to one address
/// (several vectors and one control message); only <see cref="PrepareSend"/> and the count of what was sent would change.
/// The arrays are pinned, not native, so that a socket closed by another thread never leaves the kernel writing into freed memory.
/// </remarks>
internal sealed unsafe class LinuxMessages
{
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
        EnsureCapacity(batch.Capacity);
        for (var i = 0; i < batch.Capacity; i++)
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

    /// <summary>Tells the batch what was received, without what did not fit into a slot.</summary>
    /// <returns>How many were left out.</returns>
    internal int Collect(DatagramBatch batch, int received, AddressFamily family)
    {
        var leftOut = 0;
        for (var i = 0; i < received; i++)
        {
            ref readonly var message = ref Messages[i];
            if ((message.Flags & Truncated) != 0)
            {
                leftOut++;
                continue;
            }

            var length = (int)message.Length;
            if (leftOut > 0) new ReadOnlySpan<byte>(batch.Pointer(i), length).CopyTo(batch.Buffer(batch.Count)); // close the gap
            var name = new ReadOnlySpan<byte>(message.Name, sizeof(SocketName));
            batch.Append(length, SocketNames.Read(name, family), ReadTimestamp(message));
        }

        return leftOut;
    }

    /// <summary>Makes a message of each datagram queued.</summary>
    /// <returns>Messages made: fewer than datagrams when some can't be sent from a socket of this family.</returns>
    internal int PrepareSend(DatagramBatch batch, AddressFamily family)
    {
        EnsureCapacity(batch.Capacity);
        var isIPv6 = family == AddressFamily.InterNetworkV6;
        var count = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var name = new Span<byte>(&_names[count], sizeof(SocketName));
            if (!SocketNames.TryWrite(batch.Remote(i), family, name)) continue;
            *(short*)&_names[count] = isIPv6 ? FamilyIPv6 : FamilyIPv4;

            _vectors[count] = new IoVector { Base = batch.Pointer(i), Length = (nuint)batch.Length(i) };
            Messages[count] = new MultiMessage
            {
                Name = &_names[count],
                NameLength = isIPv6 ? (uint)SocketNames.IPv6Length : SocketNames.IPv4Length,
                Vectors = &_vectors[count],
                VectorCount = 1,
            };
            count++;
        }

        return count;
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

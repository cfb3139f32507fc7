using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>The C library's calls that the base library has no batch form of. 64-bit Linux only: the layouts are those of that ABI.</summary>
internal static unsafe partial class LinuxSystemCalls
{
    internal const int DontWait = 0x40; // MSG_DONTWAIT
    internal const int WaitForOne = 0x10000; // MSG_WAITFORONE: wait for the first datagram, not for the others
    internal const int ReceiveTimeout = 20; // SO_RCVTIMEO
    internal const int Truncated = 0x20; // MSG_TRUNC
    internal const int SocketLevel = 1; // SOL_SOCKET
    internal const int TimestampNanoseconds = 35; // SO_TIMESTAMPNS, and SCM_TIMESTAMPNS of the message that it brings
    internal const int UdpLevel = 17; // SOL_UDP
    internal const int UdpSegment = 103; // UDP_SEGMENT, since Linux 4.18
    internal const short FamilyIPv4 = 2;
    internal const short FamilyIPv6 = 10;


    internal enum Error
    {
        None = 0,
        Interrupted = 4,
        Input = 5, // EIO: the way out can't compute the checksums of what it would cut
        Again = 11,
        Invalid = 22,
        TooLong = 90, // EMSGSIZE
        NoBuffers = 105,
        ConnectionRefused = 111,
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    internal static partial int ReceiveMessages(SafeHandle socket, MultiMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    internal static partial int SendMessages(SafeHandle socket, MultiMessage* messages, uint count, int flags);

    /// <summary>struct mmsghdr: a struct msghdr and the length that was moved.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MultiMessage
    {
        internal void* Name;
        internal uint NameLength;
        internal IoVector* Vectors;
        internal nuint VectorCount;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
        private readonly uint _endOfHeader; // struct msghdr is aligned to eight bytes
        internal uint Length;
        private readonly uint _end;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct IoVector
    {
        internal void* Base;
        internal nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeValue
    {
        internal long Seconds;
        internal long Microseconds;
    }

    /// <summary>struct cmsghdr; data follows at once.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ControlHeader
    {
        internal nuint Length;
        internal int Level;
        internal int Type;
    }

    /// <summary>Space for one struct sockaddr_in6, the longer of the two forms (28 bytes), rounded up.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    internal struct SocketName;

    /// <summary>Space for one control message with a timespec (32 bytes) and another small one.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    internal struct ControlSpace;
}

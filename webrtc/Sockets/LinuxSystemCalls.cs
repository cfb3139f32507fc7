using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>The C library's calls that the base library has no batch form of. 64-bit Linux only: the layouts are those of that ABI.</summary>
internal static unsafe partial class LinuxSystemCalls
{
    internal const int DontWait = 0x40; // MSG_DONTWAIT
    internal const int Truncated = 0x20; // MSG_TRUNC
    internal const int SocketLevel = 1; // SOL_SOCKET
    internal const int TimestampNanoseconds = 35; // SO_TIMESTAMPNS, and SCM_TIMESTAMPNS of the message that it brings
    internal const short PollIn = 1;
    internal const short FamilyIPv4 = 2;
    internal const short FamilyIPv6 = 10;

    private const int EventCloseOnExec = 0x80000; // EFD_CLOEXEC
    private const int EventNonBlocking = 0x800; // EFD_NONBLOCK

    internal enum Error
    {
        None = 0,
        Interrupted = 4,
        Again = 11,
        NoBuffers = 105,
        ConnectionRefused = 111,
    }

    internal static SafeFileHandle CreateEvent()
    {
        var descriptor = EventFd(0, EventCloseOnExec | EventNonBlocking);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"eventfd failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    internal static partial int ReceiveMessages(SafeHandle socket, MultiMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    internal static partial int SendMessages(SafeHandle socket, MultiMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    internal static partial int Poll(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signalMask);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SafeHandle descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SafeHandle descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

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
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
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

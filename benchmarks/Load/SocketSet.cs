using System.Runtime.InteropServices;
using AV1Relay.WebRtc.Sockets;

namespace AV1Relay.Benchmarks.Load;

/// <summary>Waits on many sockets at once (epoll), to the microsecond.</summary>
internal sealed unsafe partial class SocketSet : IDisposable
{
    private const int Add = 1; // EPOLL_CTL_ADD
    private const uint Readable = 1; // EPOLLIN
    private const int EventsAtOnce = 256;

    private readonly int _epoll = Create(0);
    private readonly Event[] _events = GC.AllocateArray<Event>(EventsAtOnce, pinned: true);

    /// <param name="index">What <see cref="Wait"/> will name the socket by.</param>
    public void Watch(IDatagramSocket socket, int index)
    {
        var wanted = new Event { Events = Readable, Data = (ulong)index };
        var handle = ((LinuxDatagramSocket)socket).Handle;
        if (Control(_epoll, Add, (int)handle.DangerousGetHandle(), &wanted) != 0)
            throw new IOException($"epoll_ctl failed with error {Marshal.GetLastPInvokeError()}.");
    }

    /// <returns>How many of <paramref name="ready"/> were filled in.</returns>
    public int Wait(Span<int> ready, TimeSpan timeout)
    {
        var wait = new LinuxSystemCalls.TimeSpec
        {
            Seconds = timeout.Ticks / TimeSpan.TicksPerSecond,
            Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * 100,
        };
        fixed (Event* events = _events)
        {
            var count = WaitFor(_epoll, events, Math.Min(EventsAtOnce, ready.Length), &wait, null);
            for (var i = 0; i < count; i++) ready[i] = (int)events[i].Data;
            return Math.Max(0, count);
        }
    }

    public void Dispose() => _ = Close(_epoll);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, Event* wanted);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int WaitFor(int epoll, Event* events, int capacity, LinuxSystemCalls.TimeSpec* timeout, void* signalMask);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>struct epoll_event, packed on x86-64 only.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)] // aligned to eight bytes elsewhere: benchmarks run on x86-64
    private struct Event
    {
        public uint Events;
        public ulong Data;
    }
}

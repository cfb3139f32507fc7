using System.Runtime.InteropServices;

namespace AV1Relay.Codecs.Native;

/// <summary>How long this thread has had a processor, whatever else the computer did meanwhile.</summary>
internal static unsafe partial class ThreadTime
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID on Linux

    public static TimeSpan Now
    {
        get
        {
            Moment moment;
            return clock_gettime(ThreadProcessorTime, &moment) == 0
                ? TimeSpan.FromSeconds(moment.Seconds) + TimeSpan.FromMicroseconds(moment.Nanoseconds / 1000.0)
                : throw new CodecException("This system does not tell a thread's time.");
        }
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, Moment* moment);

    /// <summary>The kernel's <c>timespec</c> on a 64-bit system.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>Scheduling of the threads that carry media.</summary>
public static partial class MediaThread
{
    private const int ThisThread = 0;
    private const int RoundRobin = 2; // SCHED_RR
    private const int ResetOnFork = 0x4000_0000; // SCHED_RESET_ON_FORK: threads that a real-time one starts are ordinary ones
    private const int LowestRealTime = 1;
    private const int OfThread = 0; // PRIO_PROCESS with 0 is, on Linux, the calling thread alone
    private const int Nice = -10;

    /// <summary>
    /// Asks the kernel to prefer the calling thread: it sleeps nearly always, and a packet that waits for a busy core is late for everybody.
    /// </summary>
    /// <returns>False where that is not allowed (it takes root or CAP_SYS_NICE) or not Linux; everything works all the same, with longer tails.</returns>
    /// <remarks>
    /// Real-time scheduling (sched(7)) first: a merely "nicer" thread still waits until an ordinary one's slice of some milliseconds is over. Only
    /// where the kernel keeps a share for ordinary threads, so that a flood of packets leaves the machine usable.
    /// </remarks>
    public static bool TryPrefer() => OperatingSystem.IsLinux() && (TryRealTime() || SetPriority(OfThread, 0, Nice) == 0);

    private static bool TryRealTime()
    {
        var priority = LowestRealTime; // all there is of struct sched_param
        return LeavesOthersAShare() && SetScheduler(ThisThread, RoundRobin | ResetOnFork, ref priority) == 0;
    }

    /// <summary>Up to Linux 6.11 these two are what throttles real time; from 6.12 on a server of the scheduler's own does, and they say what somebody meant.</summary>
    private static bool LeavesOthersAShare()
    {
        try
        {
            return Read("sched_rt_runtime_us") is > 0 and var runtime && runtime < Read("sched_rt_period_us");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        static int Read(string name) => int.TryParse(File.ReadAllText($"/proc/sys/kernel/{name}"), out var microseconds) ? microseconds : -1;
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int threadId, int policy, ref int priority);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int priority);
}

using System.Runtime.InteropServices;

namespace AV1Relay.WebRtc.Sockets;

/// <summary>Scheduling of the threads that carry media.</summary>
public static partial class MediaThread
{
    private const int OfThread = 0; // PRIO_PROCESS with 0 is, on Linux, the calling thread alone
    private const int Nice = -10;

    /// <summary>
    /// Asks the kernel to prefer the calling thread: it sleeps nearly always, and a packet that waits for a busy core is late for everybody.
    /// </summary>
    /// <returns>False where that is not allowed (it takes root or CAP_SYS_NICE) or not Linux; everything works all the same, with longer tails.</returns>
    public static bool TryPrefer() => OperatingSystem.IsLinux() && SetPriority(OfThread, 0, Nice) == 0;

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int who, int priority);
}

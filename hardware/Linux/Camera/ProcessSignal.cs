using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>A handle of a process, which a later process with the same number is not mistaken for.</summary>
internal sealed partial class ProcessSignal : IDisposable
{
    private const int Terminate = 15; // SIGTERM
    private readonly SafeFileHandle _handle;

    private ProcessSignal(SafeFileHandle handle) => _handle = handle;

    public static ProcessSignal To(Process process) => new(pidfd_open(process.Id, 0));

    /// <summary>Asks it to end. Nothing happens where it has ended, or the kernel has no such handles.</summary>
    public void AskToEnd()
    {
        if (!_handle.IsInvalid) _ = pidfd_send_signal(_handle, Terminate, 0, 0);
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial SafeFileHandle pidfd_open(int process, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pidfd_send_signal(SafeFileHandle process, int signal, nint information, uint flags);
}

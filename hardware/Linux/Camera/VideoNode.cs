using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Hardware.Linux.Camera;

/// <summary>A video node of this computer's kernel.</summary>
internal sealed unsafe partial class VideoNode : IVideoNode
{
    private const int OpenFlags = 0x2 | 0x800 | 0x80000; // O_RDWR | O_NONBLOCK | O_CLOEXEC on x64 and arm64
    private const int EventFlags = 0x800 | 0x80000; // EFD_NONBLOCK | EFD_CLOEXEC
    private const int ReadWrite = 3; // PROT_READ | PROT_WRITE
    private const int Shared = 1; // MAP_SHARED
    private const short PollIn = 1;
    private const int Interrupted = 4; // EINTR

    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _wake;

    private VideoNode(string name, SafeFileHandle file, SafeFileHandle wake) => (Name, _file, _wake) = (name, file, wake);

    public string Name { get; }

    /// <param name="path">/dev/video0, or a link to it.</param>
    /// <exception cref="HardwareException">It does not open; the message says what to check.</exception>
    public static VideoNode Open(string path)
    {
        var file = open(path, OpenFlags);
        if (file.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            file.Dispose();
            throw V4l2Errors.Explain(path, "does not open", error);
        }

        var wake = eventfd(0, EventFlags);
        if (!wake.IsInvalid) return new(path, file, wake);
        var problem = Marshal.GetLastPInvokeError();
        file.Dispose();
        wake.Dispose();
        throw V4l2Errors.Explain(path, "can't be waited for", problem);
    }

    public int Call<T>(uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* address = &argument)
        {
            while (ioctl(_file, request, address) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != Interrupted) return error;
            }

            return 0;
        }
    }

    public nint Map(uint offset, uint length)
    {
        var start = mmap(0, length, ReadWrite, Shared, _file, (nint)offset);
        return start == -1 ? 0 : start;
    }

    public void Unmap(nint start, uint length) => _ = munmap(start, length);

    public NodeEvent Wait(TimeSpan limit)
    {
        var (hasFile, hasWake) = (false, false);
        try
        {
            _file.DangerousAddRef(ref hasFile);
            _wake.DangerousAddRef(ref hasWake);
            var watched = stackalloc PollRequest[2];
            watched[0] = new() { File = (int)_file.DangerousGetHandle(), Wanted = PollIn };
            watched[1] = new() { File = (int)_wake.DangerousGetHandle(), Wanted = PollIn };
            var result = poll(watched, 2, (int)limit.TotalMilliseconds);
            if (result == 0) return NodeEvent.TimedOut;
            if (result < 0) return NodeEvent.Woken; // a signal: whoever waits looks again
            if (watched[1].Happened == 0) return NodeEvent.Ready;
            ulong count;
            _ = read(_wake, &count, sizeof(ulong));
            return NodeEvent.Woken;
        }
        finally
        {
            if (hasFile) _file.DangerousRelease();
            if (hasWake) _wake.DangerousRelease();
        }
    }

    public void Wake()
    {
        try
        {
            ulong one = 1;
            _ = write(_wake, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: nobody waits.
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _wake.Dispose();
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial SafeFileHandle eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollRequest* requests, nuint count, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(SafeFileHandle file, void* into, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeFileHandle file, void* from, nuint count);

    /// <summary>The kernel's <c>pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int File;
        public short Wanted;
        public short Happened;
    }
}

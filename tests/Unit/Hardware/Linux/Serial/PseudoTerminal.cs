using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Serial;

/// <summary>A serial line of the kernel's with nothing behind it but a function: what is written to <see cref="Path"/> is given to it,
/// and what it answers comes back.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteNoControllingTerminal = 0x102; // O_RDWR | O_NOCTTY
    private const short PollIn = 1;

    private readonly int _lookEveryMilliseconds;
    private readonly SafeFileHandle _master;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    /// <param name="answer">What is behind it.</param>
    /// <param name="lookEveryMilliseconds">How soon it notices that somebody has opened it, or that it is to end.</param>
    public PseudoTerminal(Func<ReadOnlyMemory<byte>, byte[]> answer, int lookEveryMilliseconds = 20)
    {
        _lookEveryMilliseconds = lookEveryMilliseconds;
        _master = new(posix_openpt(ReadWriteNoControllingTerminal), ownsHandle: true);
        var name = new byte[64];
        if (_master.IsInvalid || grantpt(_master) != 0 || unlockpt(_master) != 0 || ptsname_r(_master, name, (nuint)name.Length) != 0)
            throw new IOException("No pseudo-terminal is to be had.");
        Path = System.Text.Encoding.ASCII.GetString(name.AsSpan(0, name.AsSpan().IndexOf((byte)0)));
        _thread = new(() => Serve(answer)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What a program opens.</summary>
    public string Path { get; }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _master.Dispose();
    }

    private void Serve(Func<ReadOnlyMemory<byte>, byte[]> answer)
    {
        var buffer = new byte[256];
        while (!_isStopping)
        {
            var waiting = new PollRequest { Descriptor = (int)_master.DangerousGetHandle(), Events = PollIn };
            if (poll(ref waiting, 1, _lookEveryMilliseconds) <= 0) continue;
            if ((waiting.Received & PollIn) == 0)
            {
                _ = poll(ref waiting, 0, _lookEveryMilliseconds); // nobody has opened it: the kernel says so at once, again and again
                continue;
            }

            var count = (int)read(_master, buffer, (nuint)buffer.Length);
            if (count <= 0) continue;
            var back = answer(buffer.AsMemory(0, count));
            if (back.Length > 0) _ = write(_master, back, (nuint)back.Length);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Received;
    }

    [LibraryImport("libc")]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc")]
    private static partial int grantpt(SafeFileHandle master);

    [LibraryImport("libc")]
    private static partial int unlockpt(SafeFileHandle master);

    [LibraryImport("libc")]
    private static partial int ptsname_r(SafeFileHandle master, [Out] byte[] name, nuint length);

    [LibraryImport("libc")]
    private static partial int poll(ref PollRequest request, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial nint read(SafeFileHandle file, [Out] byte[] into, nuint length);

    [LibraryImport("libc")]
    private static partial nint write(SafeFileHandle file, byte[] from, nuint length);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.Tests.Workbench;

/// <summary>The emulated computer.</summary>
internal static partial class Machine
{
    private const nuint AddEntropy = 0x40085203; // RNDADDENTROPY
    private const int RbPowerOff = 0x4321FEDC; // reboot(2)

    /// <summary>Seconds since it was switched on.</summary>
    public static string Uptime => File.ReadAllText("/proc/uptime").Split(' ')[0];

    /// <summary>Seconds of those in which nobody had anything for its core to do.</summary>
    public static string Idle => File.ReadAllText("/proc/uptime").Split(' ')[1].Trim();

    /// <summary>Gives the kernel the random bytes that a real board has from its hardware: without them TLS waits for minutes.</summary>
    /// <exception cref="IOException">The kernel does not take them.</exception>
    public static void Seed()
    {
        if (Environment.GetEnvironmentVariable("SEED") is not { } seed) return;
        var bytes = Convert.FromHexString(seed);
        var pool = new byte[8 + bytes.Length]; // struct rand_pool_info: bits of entropy, length, bytes (random(4))
        BinaryPrimitives.WriteInt32LittleEndian(pool, 8 * bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(pool.AsSpan(4), bytes.Length);
        bytes.CopyTo(pool, 8);
        using var random = File.OpenHandle("/dev/random", access: FileAccess.Write);
        if (ioctl(random, AddEntropy, pool) < 0) throw new IOException($"The kernel takes no random bytes ({Marshal.GetLastPInvokeErrorMessage()}).");
    }

    /// <summary>Ends the emulated kernel, and with it this program. Refused outside of it: a real machine's process 1 is never this.</summary>
    public static void PowerOff()
    {
        if (Environment.ProcessId == 1 && Environment.GetEnvironmentVariable("MODULES") is not null) _ = reboot(RbPowerOff);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeFileHandle file, nuint request, byte[] argument);

    [LibraryImport("libc")]
    private static partial int reboot(int how);
}

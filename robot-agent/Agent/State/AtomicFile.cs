using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AV1Relay.RobotAgent.State;

/// <summary>Writes a small file so that after a power cut it is the old one or the new one, never half of either.</summary>
internal static partial class AtomicFile
{
    private const int ReadDirectory = 0x8_0000; // O_RDONLY | O_CLOEXEC

    /// <exception cref="IOException">The disk is full or broken; the earlier file is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var partial = path + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(partial, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            if (!OperatingSystem.IsWindows()) KeepName(Path.GetDirectoryName(path)!); // not null: a file in the state folder
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>A rename is the folder's to remember: until it is on the disk as well, a power cut brings the old file back, and with it a
    /// curtain that was open or a grant that is over.</summary>
    private static void KeepName(string folder)
    {
        using var handle = open(folder, ReadDirectory);
        if (handle.IsInvalid) throw new IOException($"The folder can't be opened ({Marshal.GetLastPInvokeErrorMessage()}).");
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);
}

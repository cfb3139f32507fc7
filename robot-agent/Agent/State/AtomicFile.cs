namespace AV1Relay.RobotAgent.State;

/// <summary>Writes a small file so that after a power cut it is the old one or the new one, never half of either.</summary>
internal static class AtomicFile
{
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
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}

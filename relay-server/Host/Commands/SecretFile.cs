namespace AV1Relay.RelayServer.Commands;

/// <summary>A secret that an option names a file of: not on the command line, where everybody on the machine reads it.</summary>
internal static class SecretFile
{
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <param name="what">What stands on its first line, in words.</param>
    /// <exception cref="CommandException">It can't be read, others can read it too, or it is empty.</exception>
    public static string Read(string option, string file, string what)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ForOthers) != 0)
                throw new CommandException($"{option} {file}: others can read it. chmod go= {file}");
            return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } secret
                ? secret
                : throw new CommandException($"{option} {file} is empty: write {what} on its first line.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{option} {file} can't be read: {failure.Message}");
        }
    }
}

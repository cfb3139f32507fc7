namespace AV1Relay.Hardware.Linux.Serial;

/// <summary>Finds USB serial adapters by the names that stay the same over reboots and other sockets.</summary>
internal static class SerialAdapters
{
    /// <summary>The one that is plugged in.</summary>
    public const string Auto = "auto";

    private const string ById = "/dev/serial/by-id";

    /// <param name="port">A path, or <see cref="Auto"/>.</param>
    /// <param name="folder">Where udev keeps the stable names.</param>
    /// <exception cref="HardwareException">There is none, or more than one and none was named.</exception>
    public static string Resolve(string port, string folder = ById)
    {
        if (port != Auto) return port;
        var found = List(folder);
        return found switch
        {
            [var only] => only,
            [] => throw new HardwareException(HardwareFault.Missing, "No USB serial adapter is plugged in: the head's servos hang on one."),
            _ => throw new HardwareException(
                HardwareFault.Missing, $"{found.Length} USB serial adapters are plugged in: name the servos' one in the body's file, as one of {string.Join(", ", found.Order(StringComparer.Ordinal))}."),
        };
    }

    /// <summary>The folder goes with the last adapter, perhaps while it is looked into.</summary>
    private static string[] List(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

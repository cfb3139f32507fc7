using Microsoft.Extensions.Logging;

namespace AV1Relay.StaffConsole.SignIn;

internal static partial class PasskeyLog
{
    /// <param name="reason">The framework's: it names what did not fit, and nobody.</param>
    [LoggerMessage(3601, LogLevel.Information, "A passkey was not taken: {Reason}")]
    public static partial void NotTaken(ILogger logger, string reason);
}

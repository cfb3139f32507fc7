using NodaTime;

namespace AV1Relay.Storage.Sessions;

internal sealed class SessionBindingRow
{
    public long FencingNumber { get; set; }

    public required string Session { get; set; }

    public required string RobotName { get; set; }

    public required Instant StartsAt { get; set; }

    /// <summary>The window's end, or when a newer binding took over.</summary>
    public required Instant EndsAt { get; set; }
}

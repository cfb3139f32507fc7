using NodaTime;

namespace AV1Relay.Storage.Sessions;

/// <summary>An ad-hoc session's binding, or a scheduled session's grant: both in one table, so that their fencing numbers rise together.</summary>
internal sealed class SessionBindingRow
{
    public long FencingNumber { get; set; }

    public required string Session { get; set; }

    public required string RobotName { get; set; }

    public required Instant StartsAt { get; set; }

    /// <summary>The window's end, or when a newer binding took over.</summary>
    public required Instant EndsAt { get; set; }

    /// <summary>Of a scheduled session's grant; null for an ad-hoc session.</summary>
    public string? PupilDevice { get; set; }

    /// <summary>Their names, with blanks between, in the order of the domain's list; null for an ad-hoc session.</summary>
    public string? Capabilities { get; set; }
}

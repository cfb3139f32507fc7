namespace AV1Relay.RobotAgent.Safety;

/// <summary>Wall time that windows are held to: what the relay told over mutual TLS, carried on by the robot's monotonic clock.</summary>
/// <remarks>
/// Sans-I/O. The robot's own wall clock is never asked: a board without a battery wakes up in the past. Time never goes back
/// before <paramref name="notBefore"/>, so that nobody can bring an old window back; and it runs at the robot's own pace, so that no relay
/// can keep a window open by pongs that are slow.
/// </remarks>
/// <param name="notBefore">The latest instant that is known to have passed: when the certificate was made, or the last saved time.</param>
internal sealed class TrustedTime(DateTimeOffset notBefore)
{
    /// <summary>A clock that is behind this is wrong, whoever tells it; sums with what is before stay inside the calendar.</summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2); // of two relays' clocks against each other
    private DateTimeOffset? _told;
    private TimeSpan _toldAt;

    /// <summary>Why there is no trusted time, in words; null when there is.</summary>
    public string? Problem { get; private set; } = "The time is not known yet: the relay tells it when the link is up.";

    /// <param name="relayUnixMs">As the relay told it.</param>
    /// <param name="now">Monotonic since start-up.</param>
    public void OnHello(long relayUnixMs, TimeSpan now)
    {
        _told = SessionGrant.IsInstant(relayUnixMs) ? DateTimeOffset.FromUnixTimeMilliseconds(relayUnixMs) : DateTimeOffset.MaxValue;
        _toldAt = now;
        Problem = _told > Latest ? "The relay's clock is wrong: set it (NTP)."
            : _told < notBefore - Tolerance
                ? "The relay's clock is behind the time that this robot has already seen: set the relay's clock (NTP). If it is right now and was wrong before, enrol the robot again with a new code (robot-agent enroll --again)."
                : null;
        if (Problem is not null) _told = null;
    }

    /// <summary>An instant that has certainly passed, known without any relay as well: what ended before it has ended.</summary>
    /// <param name="now">Monotonic since start-up.</param>
    public DateTimeOffset NoEarlierThan(TimeSpan now) => At(now) is { } at && at > notBefore + now ? at : notBefore + now;

    /// <summary>Null: there is no trusted time, and nothing may go live.</summary>
    public DateTimeOffset? At(TimeSpan now) => _told + (now - _toldAt);
}

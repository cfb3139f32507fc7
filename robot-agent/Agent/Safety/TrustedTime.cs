namespace AV1Relay.RobotAgent.Safety;

/// <summary>Wall time that windows are held to: what the relay told over mutual TLS, carried on by monotonic clocks.</summary>
/// <remarks>
/// Sans-I/O. The robot's own wall clock is never asked: a board without a battery wakes up in the past. Time never goes back
/// before <paramref name="notBefore"/>, so that nobody can bring an old window back.
/// </remarks>
/// <param name="clock">The relay's monotonic clock as estimated here.</param>
/// <param name="notBefore">The latest instant that is known to have passed: when the program was built, or the last saved time.</param>
internal sealed class TrustedTime(RelayClock clock, DateTimeOffset notBefore)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2); // of two relays' clocks against each other
    private DateTimeOffset? _told;
    private long _toldAtRelayMs;

    /// <summary>Why there is no trusted time, in words; null when there is.</summary>
    public string? Problem { get; private set; } = "The time is not known yet: the relay tells it when the link is up.";

    public void OnHello(long relayNowMs, long relayUnixMs)
    {
        if (relayUnixMs is < 0 or > 253_402_300_799_000 || DateTimeOffset.FromUnixTimeMilliseconds(relayUnixMs) is var told && told < notBefore - Tolerance)
        {
            _told = null;
            Problem = "The relay's clock is behind the time that this robot has already seen: set the relay's clock (NTP).";
            return;
        }

        (_told, _toldAtRelayMs, Problem) = (DateTimeOffset.FromUnixTimeMilliseconds(relayUnixMs), relayNowMs, null);
    }

    /// <summary>An instant that has certainly passed, known without any relay as well: what ended before it has ended.</summary>
    /// <param name="now">Monotonic since start-up.</param>
    public DateTimeOffset NoEarlierThan(TimeSpan now) => At(now) is { } at && at > notBefore + now ? at : notBefore + now;

    /// <summary>Null: there is no trusted time, and nothing may go live.</summary>
    public DateTimeOffset? At(TimeSpan now) => _told is { } told && clock.ReadsMs(now) is { } relayMs
        ? told + TimeSpan.FromMilliseconds(relayMs - _toldAtRelayMs)
        : null;
}

using System.Globalization;

namespace AV1Relay.RobotAgent.Safety;

/// <summary>Whether this robot's own certificate is still good. A robot whose certificate has ended is nobody, over a link that is up as well.</summary>
/// <remarks>Sans-I/O.</remarks>
/// <param name="time">What the end is held to, even before the relay has told the time.</param>
/// <param name="ends">From this instant on it is not good.</param>
internal sealed class CertificateLife(TrustedTime time, DateTimeOffset ends)
{
    private DateTimeOffset _ends = ends;

    public bool IsOver(TimeSpan now) => time.NoEarlierThan(now) >= _ends;

    /// <summary>In words; null while it is good.</summary>
    public string? Problem(TimeSpan now) => IsOver(now)
        ? string.Create(CultureInfo.InvariantCulture, $"The robot's certificate ended on {_ends:d MMMM yyyy}, so it takes no sessions: enrol it again with a new code (robot-agent enroll --again).")
        : null;

    /// <summary>When <see cref="IsOver"/> changes; null when it is over.</summary>
    public TimeSpan? NextTimeout(TimeSpan now) => IsOver(now) ? null : now + (_ends - time.NoEarlierThan(now));

    public void OnRenewed(DateTimeOffset ends) => _ends = ends;
}

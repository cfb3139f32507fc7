namespace AV1Relay.RobotAgent.Body;

/// <summary>How often a trouble is logged that comes and goes: a loose cable does so many times a second. One owner calls it.</summary>
internal sealed class LogLimit(TimeProvider time)
{
    /// <summary>Between two lines of the same sort.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long? _toldAt;

    /// <returns>True: it may be logged now, and counts as logged.</returns>
    public bool MayTell()
    {
        if (_toldAt is { } at && time.GetElapsedTime(at) < Pause) return false;
        _toldAt = time.GetTimestamp();
        return true;
    }
}

namespace AV1Relay.RobotAgent.Media;

/// <summary>Growing waits between tries, with jitter, so that a school's robots do not all knock at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _tries;

    /// <summary>How long to wait before the next try: half to the whole of a wait that doubles up to the longest.</summary>
    public TimeSpan Next()
    {
        var wait = first * Math.Pow(2, _tries);
        if (wait < longest) _tries++;
        else wait = longest;
        return wait * (0.5 + 0.5 * random.NextDouble());
    }

    public void Reset() => _tries = 0;
}

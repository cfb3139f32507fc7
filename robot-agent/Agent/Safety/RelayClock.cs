namespace AV1Relay.RobotAgent.Safety;

/// <summary>What the relay's monotonic clock reads, estimated over the link from pings: the one with the shortest round trip lies least.</summary>
/// <remarks>Sans-I/O; <c>now</c> is the robot's monotonic time. Wall clocks play no part, so setting one moves nothing.</remarks>
internal sealed class RelayClock
{
    private const int KeptSamples = 16; // about half a minute of pings, in which quartz drifts by less than a millisecond

    private readonly (double OffsetMs, double RoundTripMs)[] _samples = new (double, double)[KeptSamples];
    private int _count;
    private int _next;
    private double? _offsetMs; // relay minus robot

    /// <summary>Shortest round trip of the last half minute; null before the first pong.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    public bool IsKnown => _offsetMs is not null;

    /// <summary>A new connection, perhaps to a relay that has started anew: whatever was measured before is void.</summary>
    /// <returns>True when the relay's clock goes on from where it was, so that it is the same relay as before.</returns>
    public bool OnHello(long relayNowMs, TimeSpan now)
    {
        var offset = relayNowMs - now.TotalMilliseconds; // late by the way from there to here, until the first pong
        var goesOn = _offsetMs is { } before && Math.Abs(before - offset) < 1000;
        (_offsetMs, _count, _next, RoundTrip) = (offset, 0, 0, null);
        return goesOn;
    }

    /// <param name="robotSentMs">The robot's clock when it sent the ping.</param>
    /// <param name="relayNowMs">The relay's clock when it answered.</param>
    /// <param name="now">When the answer came.</param>
    public void OnPong(long robotSentMs, long relayNowMs, TimeSpan now)
    {
        var roundTrip = now.TotalMilliseconds - robotSentMs;
        if (roundTrip is < -1 or > 10_000) return; // not an answer to a ping of ours
        _samples[_next] = (relayNowMs - ((robotSentMs + now.TotalMilliseconds) / 2), roundTrip);
        _next = (_next + 1) % KeptSamples;
        _count = Math.Min(_count + 1, KeptSamples);

        var best = _samples[0];
        foreach (var sample in _samples.AsSpan(0, _count))
        {
            if (sample.RoundTripMs < best.RoundTripMs) best = sample;
        }

        _offsetMs = best.OffsetMs;
        RoundTrip = TimeSpan.FromMilliseconds(Math.Max(0, best.RoundTripMs));
    }

    /// <summary>Milliseconds; null before the first hello.</summary>
    public double? ReadsMs(TimeSpan now) => now.TotalMilliseconds + _offsetMs;
}

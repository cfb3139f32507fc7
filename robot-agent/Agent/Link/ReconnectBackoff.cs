namespace AV1Relay.RobotAgent.Link;

/// <summary>How long to wait before the next try: growing, jittered, and short enough that a relay that comes back is found within a second.</summary>
/// <remarks>For the first minute the pause stays at a second; a relay that is away for longer is asked every five.
/// Sans-I/O; the source of randomness comes in, so that tests can repeat it.</remarks>
internal sealed class ReconnectBackoff(Random random)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.25);
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SoonFor = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;
    private TimeSpan? _failingSince;

    public void OnConnected() => (_next, _failingSince) = (First, null);

    /// <summary>The pause before the next try, between half and all of the nominal one.</summary>
    public TimeSpan OnFailed(TimeSpan now)
    {
        _failingSince ??= now;
        var limit = now - _failingSince < SoonFor ? Soon : Longest;
        var pause = _next < limit ? _next : limit;
        _next = pause * 2;
        return pause * (0.5 + (random.NextDouble() / 2));
    }
}

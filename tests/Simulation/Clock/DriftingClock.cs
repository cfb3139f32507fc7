namespace AV1Relay.Tests.Simulation.Clock;

/// <summary>One machine's own monotonic clock: started some time ago, and a little fast or slow.</summary>
/// <param name="startedBefore">What it shows at virtual time zero.</param>
/// <param name="driftPpm">Positive runs fast.</param>
internal sealed class DriftingClock(TimeSpan startedBefore, double driftPpm)
{
    private static readonly DateTimeOffset Epoch = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly double _rate = 1 + driftPpm / 1e6;

    public TimeSpan At(TimeSpan global) => startedBefore + TimeSpan.FromTicks((long)(global.Ticks * _rate));

    /// <summary>The first moment at which the clock shows a time.</summary>
    public TimeSpan When(TimeSpan local) => TimeSpan.FromTicks((long)Math.Ceiling((local - startedBefore).Ticks / _rate) + 1);

    public static DateTimeOffset WallTime(TimeSpan local) => Epoch + local;
}

namespace AV1Relay.RobotAgent.Safety;

/// <summary>The earliest of some deadlines, each of which may not exist.</summary>
internal static class Earlier
{
    public static TimeSpan? Of(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null || a < b ? a : b;
}

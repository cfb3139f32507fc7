namespace AV1Relay.Benchmarks.Load;

/// <summary>What was counted between two moments of a run.</summary>
/// <param name="Sent">By publishers.</param>
/// <param name="Cpu">Of the relay's process.</param>
internal sealed record LoadWindow(long Sent, double Seconds, TimeSpan Cpu, long ResidentKiB)
{
    /// <summary>By subscribers, all together.</summary>
    public long Received { get; init; }

    public LoadLatency Latency { get; init; } = new(0, 0, 0);

    public LoadSample ToSample(LoadPlan plan, long residentBeforeKiB)
    {
        var expected = Sent * (plan.Relay == RelayKind.None ? 1 : plan.SubscribersPerRoom);
        return new LoadSample(
            plan.Rooms,
            plan.SubscribersPerRoom,
            Math.Round(Received / Seconds, 1),
            Received == 0 ? 0 : Math.Round(Cpu.TotalMicroseconds / Received, 2),
            Latency,
            expected == 0 ? 100 : Math.Round(100.0 * (expected - Received) / expected, 4),
            ResidentKiB,
            residentBeforeKiB);
    }
}

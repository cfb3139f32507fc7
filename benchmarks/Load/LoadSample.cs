namespace AV1Relay.Benchmarks.Load;

/// <summary>One run's figures, as the generator reports them.</summary>
/// <param name="PacketsPerSecond">That reached subscribers.</param>
/// <param name="CpuMicrosPerForwardedPacket">CPU time of the relay's process by packets that reached subscribers.</param>
/// <param name="AddedLatencyMs">One way, from the generator's send to its receive.</param>
/// <param name="ResidentKiB">Of the relay's process at the end of the run.</param>
/// <param name="ResidentBeforeKiB">Of the relay's process with one room in it; with a plan of one room only, before anybody joined.</param>
internal sealed record LoadSample(
    int Rooms,
    int SubscribersPerRoom,
    double PacketsPerSecond,
    double CpuMicrosPerForwardedPacket,
    LoadLatency AddedLatencyMs,
    double LossPercent,
    long ResidentKiB,
    long ResidentBeforeKiB)
{
    /// <summary>Null without a storm of joins.</summary>
    public JoinFigures? Storm { get; init; }

    /// <summary>Null but for a soak.</summary>
    public SoakFigures? Soak { get; init; }

    public double ResidentKiBPerRoom => Math.Round((double)(ResidentKiB - ResidentBeforeKiB) / Math.Max(1, Rooms - 1), 1);
}

/// <summary>ms.</summary>
internal sealed record LoadLatency(double P50, double P99, double P999);

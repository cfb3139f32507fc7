namespace AV1Relay.RobotAgent.Running;

/// <summary>What the agent takes of its computer. What it tells is thread-safe.</summary>
/// <param name="time">Paces the reading.</param>
/// <param name="processorTime">Used by the process since its start, over all cores.</param>
/// <param name="residentBytes">In memory.</param>
internal sealed class ProcessLoad(TimeProvider time, Func<TimeSpan> processorTime, Func<long> residentBytes)
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private double _cpuPercent;
    private double _residentMiB;

    public ProcessLoad(TimeProvider time)
        : this(time, static () => Environment.CpuUsage.TotalTime, static () => Environment.WorkingSet)
    {
    }

    /// <summary>Of one core, over the last seconds: 100 is a whole one, a Pi has 400.</summary>
    public double CpuPercent => Volatile.Read(ref _cpuPercent);

    public double ResidentMiB => Volatile.Read(ref _residentMiB);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(ReadEvery, time);
            var (used, at) = (processorTime(), time.GetTimestamp());
            do
            {
                Volatile.Write(ref _residentMiB, residentBytes() / 1024.0 / 1024);
                var (usedNow, now) = (processorTime(), time.GetTimestamp());
                var elapsed = time.GetElapsedTime(at, now);
                if (elapsed <= TimeSpan.Zero) continue;
                Volatile.Write(ref _cpuPercent, 100 * (usedNow - used) / elapsed);
                (used, at) = (usedNow, now);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The robot stops.
        }
    }
}

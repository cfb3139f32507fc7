namespace AV1Relay.Benchmarks.Load;

/// <summary>Every latency of a run, kept whole so that no bucket rounds the tail.</summary>
internal sealed class LatencySamples
{
    private const double NanosecondsAMillisecond = 1e6;
    private int[] _nanoseconds = new int[1 << 20];

    public int Count { get; private set; }

    public void Add(TimeSpan latency)
    {
        if (Count == _nanoseconds.Length) Array.Resize(ref _nanoseconds, 2 * Count);
        _nanoseconds[Count++] = (int)Math.Min(int.MaxValue, latency.Ticks * 100);
    }

    public void Clear() => Count = 0;

    public LoadLatency Summarise()
    {
        if (Count == 0) return new LoadLatency(0, 0, 0);
        var sorted = _nanoseconds.AsSpan(0, Count).ToArray();
        Array.Sort(sorted);
        return new LoadLatency(At(0.5), At(0.99), At(0.999));

        double At(double share) => Math.Round(sorted[Math.Min(Count - 1, (int)(share * Count))] / NanosecondsAMillisecond, 3);
    }
}

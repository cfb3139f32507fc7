namespace AV1Relay.Tests.Rig;

/// <summary>The p50, p95 and p99 of a set of measurements, in the measurements' unit.</summary>
public sealed record Percentiles(double P50, double P95, double P99, int Samples)
{
    /// <exception cref="ArgumentException">There is nothing to take percentiles of.</exception>
    public static Percentiles Of(IEnumerable<double> measurements)
    {
        var sorted = measurements.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("No measurements.", nameof(measurements));
        return new(At(0.50), At(0.95), At(0.99), sorted.Length);

        double At(double share) => Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))], 2);
    }
}

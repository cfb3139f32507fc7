using Prometheus;

namespace AV1Relay.RelayServer.Health;

/// <summary>Publishes the base library's meters as Prometheus text: docs/decisions/0009-prometheus.md.</summary>
internal sealed class RelayMetricsPage : IDisposable
{
    // Seconds: what the relay adds to a packet lies between 10 µs and 100 ms.
    private static readonly double[] Buckets =
        [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5];

    private static readonly string[] Published = ["AV1Relay.", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
    private readonly IDisposable _listening;

    public RelayMetricsPage()
    {
        _listening = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = Registry,
            MetricFactory = Metrics.WithCustomRegistry(Registry),
            InstrumentFilterPredicate = instrument =>
                Array.Exists(Published, prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal)),
            ResolveHistogramBuckets = _ => Buckets,
        });
    }

    /// <summary>Its own, not the library's static one: two relays in one process don't mix.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Dispose() => _listening.Dispose();
}

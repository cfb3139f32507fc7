using System.Diagnostics.Metrics;
using Prometheus;

namespace AV1Relay.RelayServer.Health;

/// <summary>Publishes the base library's meters as Prometheus text: docs/decisions/0009-prometheus.md.</summary>
internal sealed class RelayMetricsPage : IDisposable
{
    private const string Ours = "AV1Relay.";
    private static readonly string[] Published = [Ours, "System.Runtime", "Microsoft.AspNetCore.Hosting"];

    // Seconds: what the relay adds to a packet lies between 10 µs and 100 ms, what a request takes above that.
    private static readonly double[] PacketBuckets =
        [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5];

    private static readonly double[] RequestBuckets = [0.005, 0.02, 0.1, 0.5, 2];
    private readonly IDisposable _listening;

    public RelayMetricsPage(IMeterFactory meters)
    {
        _listening = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = Registry,
            MetricFactory = Metrics.WithCustomRegistry(Registry),
            InstrumentFilterPredicate = instrument =>
                // This relay's and the runtime's, not those of another relay in the same process.
                (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters))
                && Array.Exists(Published, prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal)),
            ResolveHistogramBuckets = instrument =>
                instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal) ? PacketBuckets : RequestBuckets,
        });
    }

    /// <summary>Its own, not the library's static one: two relays in one process don't mix.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Dispose() => _listening.Dispose();
}

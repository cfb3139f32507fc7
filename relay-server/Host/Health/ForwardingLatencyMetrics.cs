using AV1Relay.Sfu;
using Prometheus;

namespace AV1Relay.RelayServer.Health;

/// <summary>What the relay adds to a packet since its start, by quantile: finer than the buckets of <see cref="ForwardingHistogramText"/>, but not to be summed.</summary>
internal static class ForwardingLatencyMetrics
{
    private const string Name = "av1relay_forwarding_latency_seconds";

    public static void Publish(CollectorRegistry registry, MediaRelay relay)
    {
        var metrics = Metrics.WithCustomRegistry(registry);
        var quantiles = metrics.CreateGauge(Name, "From the kernel's receive time stamp to the return of the send.", "quantile");
        var count = metrics.CreateGauge($"{Name}_count", "Forwarded datagrams measured.");
        registry.AddBeforeCollectCallback(() =>
        {
            var latency = relay.ForwardingLatency;
            quantiles.WithLabels("0.5").Set(latency.P50.TotalSeconds);
            quantiles.WithLabels("0.95").Set(latency.P95.TotalSeconds);
            quantiles.WithLabels("0.99").Set(latency.P99.TotalSeconds);
            quantiles.WithLabels("0.999").Set(latency.P999.TotalSeconds);
            count.Set(latency.Count);
        });
    }
}

using System.Globalization;
using System.Text;
using AV1Relay.Sfu;

namespace AV1Relay.RelayServer.Health;

/// <summary>What the relay adds to a packet, a histogram a shard, as Prometheus text (exposition format 0.0.4).</summary>
/// <remarks>
/// Written here because the shards count by themselves, once a packet, and the library's histograms take observations only.
/// The gauge of quantiles (<see cref="ForwardingLatencyMetrics"/>) says more exactly where a percentile lies; these can be summed and windowed.
/// </remarks>
internal static class ForwardingHistogramText
{
    public const string Name = "av1relay_forwarding_duration_seconds";

    public static string Write(IReadOnlyList<ForwardingHistogram> histograms)
    {
        var text = new StringBuilder();
        Line(text, $"# HELP {Name} From the kernel's receive time stamp to the return of the send.");
        Line(text, $"# TYPE {Name} histogram");
        foreach (var histogram in histograms)
        {
            foreach (var (upperBound, count) in histogram.Buckets)
                Line(text, $"{Name}_bucket{{shard=\"{histogram.Shard}\",le=\"{(decimal)upperBound.Ticks / TimeSpan.TicksPerSecond}\"}} {count}");
            Line(text, $"{Name}_bucket{{shard=\"{histogram.Shard}\",le=\"+Inf\"}} {histogram.Count}");
            Line(text, $"{Name}_sum{{shard=\"{histogram.Shard}\"}} {histogram.Sum.TotalSeconds}");
            Line(text, $"{Name}_count{{shard=\"{histogram.Shard}\"}} {histogram.Count}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace AV1Relay.Benchmarks.Load;

/// <summary>Ten rooms for minutes or an hour, every counter about to wrap, peers coming and going: what grows, stops or gets lost?</summary>
internal static partial class SoakBenchmark
{
    public const int Rooms = 10;
    private const double LongestPauseMs = 5;
    private const double GrowthLimitKiB = 32 << 10; // the collector's nursery, which every join fills a little, is as large as the processor's cache
    private static readonly TimeSpan PauseInterval = TimeSpan.FromSeconds(1);

    /// <returns>0 when nothing was lost, memory stayed flat and no collection of everything paused for long.</returns>
    public static async Task<int> RunAsync(double minutes, string address, CancellationToken cancellationToken)
    {
        await using var relay = await Av1RelayProcess.StartAsync(
            address, Rooms, "--media-limit", string.Create(CultureInfo.InvariantCulture, $"FirstSequenceNumber={SoakFigures.FirstSequenceNumber}"));
        var plan = LoadBenchmark.PlanOf(relay, address, Rooms, 1, LoadBenchmark.FullRate, 60 * minutes) with { IsSoak = true, WarmUpSeconds = 1 };
        var pauses = new PauseWatch(relay.WhipConnection.Url);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = pauses.RunAsync(PauseInterval, done.Token);
        var sample = await GeneratorProcess.RunAsync(plan, cancellationToken);
        await done.CancelAsync();
        await watching;
        var soak = sample.Soak ?? throw new InvalidDataException("The generator told nothing of the soak.");

        var isMet = Tell("packets lost, %", sample.LossPercent, sample.LossPercent == 0, "0");
        isMet &= Tell("memory grown, KiB", soak.GrowthKiB, soak.GrowthKiB <= GrowthLimitKiB, $"≤ {GrowthLimitKiB:F0}");
        isMet &= Tell("longest gen-2 pause, ms", pauses.LongestMs, pauses.LongestMs <= LongestPauseMs, $"≤ {LongestPauseMs:F0}");
        isMet &= Tell("visitors who never connected", soak.NeverConnected, soak.NeverConnected == 0, "0");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.PacketsPerSecond * 60 * minutes:F0} packets, {soak.Visitors} visitors, {pauses.Collections:F0} gen-2 collections, {sample.ResidentKiB} KiB resident, latency p50 {sample.AddedLatencyMs.P50:F3} p99 {sample.AddedLatencyMs.P99:F3} ms"));
        return isMet ? 0 : 1;
    }

    private static bool Tell(string name, double value, bool isMet, string aim)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32}{value,10:0.####}   aim {aim}: {(isMet ? "met" : "missed")}"));
        return isMet;
    }

    /// <summary>Reads the relay's own pauses every second: collections of everything are much rarer.</summary>
    private sealed partial class PauseWatch(Uri relay)
    {
        public double LongestMs { get; private set; }

        public double Collections { get; private set; }

        public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
        {
            using var http = new HttpClient();
            double? countAtStart = null; // the relay makes some before it serves anybody, and those may stop it for long
            var newest = new Dictionary<string, double>(StringComparer.Ordinal);
            try
            {
                while (true)
                {
                    var metrics = await http.GetStringAsync(new Uri(relay, "metrics"), cancellationToken);
                    if (Count().Match(metrics) is { Success: true } count) Collections = Number(count, 1) - (countAtStart ??= Number(count, 1));
                    foreach (Match index in Indices().Matches(metrics))
                    {
                        var kind = index.Groups[1].Value;
                        if (newest.TryGetValue(kind, out var seen) && Number(index, 2) > seen) Note(metrics, kind);
                        newest[kind] = Number(index, 2);
                    }

                    await Task.Delay(interval, TimeProvider.System, cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                // The soak is over.
            }
        }

        private void Note(string metrics, string kind)
        {
            foreach (Match pause in Pauses().Matches(metrics))
            {
                if (pause.Groups[1].Value == kind) LongestMs = Math.Max(LongestMs, 1_000 * Number(pause, 2));
            }
        }

        private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

        [GeneratedRegex(@"^av1relay_gc_last_pause_seconds\{kind=""(background|full_blocking)""\} (\S+)$", RegexOptions.Multiline)]
        private static partial Regex Pauses();

        [GeneratedRegex(@"^av1relay_gc_last_index\{kind=""(background|full_blocking)""\} (\S+)$", RegexOptions.Multiline)]
        private static partial Regex Indices();

        [GeneratedRegex(@"^av1relay_gc_collections\{generation=""2""\} (\S+)$", RegexOptions.Multiline)]
        private static partial Regex Count();
    }
}

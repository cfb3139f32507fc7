using System.Globalization;
using AV1Relay.Benchmarks.Load;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>The same load through this project's relay, Janus and the bare forwarder, in turns, so that the machine's moods meet all of them.</summary>
internal static class PeersBenchmark
{
    public static async Task<PeersReport> RunAsync(
        int rooms, int subscribers, int bitsPerSecond, double seconds, int rounds, string? wishedAddress, CancellationToken cancellationToken)
    {
        await JanusProcess.InstallAsync();
        await using var address = await LocalAddress.TakeAsync(wishedAddress);
        Func<Task<IRelayUnderTest>>[] relays =
        [
            async () => await Av1RelayProcess.StartAsync(address.Address, rooms),
            async () => await JanusProcess.StartAsync(address.Address, cancellationToken),
            async () => await BareForwarder.StartAsync(address.Address, cancellationToken),
        ];
        var samples = new Dictionary<RelayKind, List<LoadSample>>();
        for (var round = 0; round < rounds; round++)
        {
            await Console.Error.WriteLineAsync($"round {round + 1} of {rounds}");
            await MeasureAsync(null, Math.Min(5, seconds));
            for (var turn = 0; turn < relays.Length; turn++)
            {
                await using var relay = await relays[(round + turn) % relays.Length](); // whoever was first is last next time
                await MeasureAsync(relay, seconds);
            }
        }

        return new PeersReport(rooms, subscribers, bitsPerSecond, rounds, samples.Select(entry => PeerFigures.Of(entry.Key, entry.Value)).ToList());

        async Task MeasureAsync(IRelayUnderTest? relay, double length)
        {
            var plan = LoadBenchmark.PlanOf(relay, address.Address, rooms, relay is null ? 1 : subscribers, bitsPerSecond, length);
            var sample = await GeneratorProcess.RunAsync(plan, cancellationToken);
            if (!samples.TryGetValue(plan.Relay, out var list)) samples[plan.Relay] = list = [];
            list.Add(sample);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {relay?.Name ?? "generator alone",-16}{sample.PacketsPerSecond,8:F0} packets/s {sample.CpuMicrosPerForwardedPacket,7:F1} µs {sample.AddedLatencyMs.P50,7:F3}/{sample.AddedLatencyMs.P99:F3} ms {sample.LossPercent:F3} % lost"));
        }
    }
}

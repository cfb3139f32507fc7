using System.Globalization;
using System.Text.Json;
using AV1Relay.Benchmarks.Load;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>One relay's figures: medians over the rounds, and the rounds themselves.</summary>
internal sealed record PeerFigures(
    string Name, double PacketsPerSecond, double CpuMicrosPerForwardedPacket, LoadLatency AddedLatencyMs, double LossPercent, double ResidentKiBPerRoom,
    IReadOnlyList<LoadSample> Rounds)
{
    public static PeerFigures Of(RelayKind kind, IReadOnlyList<LoadSample> rounds)
        => new(
            NameOf(kind), Median(sample => sample.PacketsPerSecond, rounds), Median(sample => sample.CpuMicrosPerForwardedPacket, rounds),
            new LoadLatency(
                Median(sample => sample.AddedLatencyMs.P50, rounds), Median(sample => sample.AddedLatencyMs.P99, rounds),
                Median(sample => sample.AddedLatencyMs.P999, rounds)),
            Median(sample => sample.LossPercent, rounds), Median(sample => sample.ResidentKiBPerRoom, rounds), rounds);

    public static string NameOf(RelayKind kind) => kind switch
    {
        RelayKind.Av1Relay => "AV1Relay",
        RelayKind.Janus => "Janus",
        RelayKind.BareForwarder => "bare forwarder",
        _ => "generator alone",
    };

    private static double Median(Func<LoadSample, double> figure, IReadOnlyList<LoadSample> rounds)
    {
        var sorted = rounds.Select(figure).Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : Math.Round((sorted[middle - 1] + sorted[middle]) / 2, 3);
    }
}

/// <param name="Limit">The most that is wanted.</param>
internal sealed record PeersTarget(string Name, double Value, double Limit)
{
    public bool IsMet => Value <= Limit;
}

/// <summary>Who was compared under which load, and what came of it.</summary>
internal sealed record PeersReport(int Rooms, int SubscribersPerRoom, int BitsPerSecond, int RoundCount, IReadOnlyList<PeerFigures> Relays)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Median of each round's own ratio: rounds differ more than relays do within one.</summary>
    public double RatioOf(Func<LoadSample, double> figure, RelayKind to)
    {
        var (ours, theirs) = (Find(RelayKind.Av1Relay).Rounds, Find(to).Rounds);
        var ratios = ours.Zip(theirs, (one, other) => figure(other) == 0 ? double.PositiveInfinity : figure(one) / figure(other)).Order().ToList();
        return Math.Round((ratios[(ratios.Count - 1) / 2] + ratios[ratios.Count / 2]) / 2, 3);
    }

    /// <summary>Those of the ten-room table; with fifty rooms nothing may be lost either.</summary>
    public IReadOnlyList<PeersTarget> Targets(PeersBudgets budgets)
    {
        var ours = Find(RelayKind.Av1Relay);
        List<PeersTarget> targets =
        [
            new("CPU a packet, times Janus'", RatioOf(Cpu, RelayKind.Janus), budgets.CpuToJanus),
            new("CPU a packet, times the bare forwarder's", RatioOf(Cpu, RelayKind.BareForwarder), budgets.CpuToBare),
            new("p50, ms", ours.AddedLatencyMs.P50, budgets.P50Ms),
            new("p99, times the bare forwarder's", RatioOf(P99, RelayKind.BareForwarder), budgets.P99ToBare),
            new("memory a room, KiB", ours.ResidentKiBPerRoom, budgets.ResidentKiBPerRoom),
            new("lost, %", ours.LossPercent, 0),
        ];
        return targets;
    }

    public void Print(TextWriter output, PeersBudgets budgets)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Rooms} rooms, 1 publisher to {SubscribersPerRoom}, {BitsPerSecond / 1e6:F2} Mbit/s and sound a room; medians of {RoundCount} rounds; latency one way, generator to generator"));
        output.WriteLine($"{"",-18}{"packets/s",10}{"µs/packet",11}{"p50 ms",9}{"p99 ms",9}{"p99.9",9}{"loss %",9}{"KiB/room",10}");
        foreach (var relay in Relays)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{relay.Name,-18}{relay.PacketsPerSecond,10:F0}{relay.CpuMicrosPerForwardedPacket,11:F1}{relay.AddedLatencyMs.P50,9:F3}{relay.AddedLatencyMs.P99,9:F3}{relay.AddedLatencyMs.P999,9:F3}{relay.LossPercent,9:F4}{relay.ResidentKiBPerRoom,10:F0}"));
        }

        output.WriteLine();
        foreach (var kind in new[] { RelayKind.Janus, RelayKind.BareForwarder })
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"AV1Relay to {PeerFigures.NameOf(kind)}: CPU {RatioOf(Cpu, kind):F2}, p50 {RatioOf(P50, kind):F2}, p99 {RatioOf(P99, kind):F2}"));
        }

        output.WriteLine();
        foreach (var target in Targets(budgets))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(target.IsMet ? "met   " : "missed")}  {target.Name}: {target.Value:0.###} (at most {target.Limit:0.###})"));
        }
    }

    public string ToJson(PeersBudgets budgets) => JsonSerializer.Serialize(
        new
        {
            Rooms,
            SubscribersPerRoom,
            BitsPerSecond,
            Rounds = RoundCount,
            Relays,
            Ratios = new { Janus = RatiosTo(RelayKind.Janus), Bare = RatiosTo(RelayKind.BareForwarder) },
            Targets = Targets(budgets),
        },
        Json);

    private object RatiosTo(RelayKind kind) => new { Cpu = RatioOf(Cpu, kind), P50 = RatioOf(P50, kind), P99 = RatioOf(P99, kind) };

    private static double Cpu(LoadSample sample) => sample.CpuMicrosPerForwardedPacket;

    private static double P50(LoadSample sample) => sample.AddedLatencyMs.P50;

    private static double P99(LoadSample sample) => sample.AddedLatencyMs.P99;

    private PeerFigures Find(RelayKind kind) => Relays.First(relay => relay.Name == PeerFigures.NameOf(kind));
}

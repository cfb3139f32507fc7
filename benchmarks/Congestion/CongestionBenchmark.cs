using AV1Relay.Tests.Unit.WebRtc.CongestionControl;
using AV1Relay.WebRtc.CongestionControl;

namespace AV1Relay.Benchmarks.Congestion;

/// <param name="ConvergedAfterS">Until 80 % of the path was used over a quarter of a second; 60 when it never was.</param>
/// <param name="Share">Of what the path carries, over 60 s after that.</param>
internal sealed record SteadyFigures(string Path, double ConvergedAfterS, double Share, double QueueP50Ms, double QueueP95Ms, double LossPercent);

/// <param name="QueueMaxMs">While the path was bad.</param>
/// <param name="ShareWhileBad">Of what was left.</param>
/// <param name="RecoveredAfterS">Until 80 % of the whole path was used again.</param>
internal sealed record ChangeFigures(string Change, double QueueMaxMs, double QueueP95Ms, double ShareWhileBad, double RecoveredAfterS);

/// <summary>The estimator in its closed loop, on a virtual clock: the same figures on each machine.</summary>
internal static class CongestionBenchmark
{
    private static readonly BandwidthLimits Limits = new(50_000, 300_000, 8_000_000);

    private static readonly (string Name, PathWeather Weather)[] Paths =
    [
        ("0.25 Mbit/s", new(250_000)),
        ("0.5 Mbit/s", new(500_000)),
        ("1 Mbit/s", new(1_000_000)),
        ("2.5 Mbit/s", new(2_500_000)),
        ("5 Mbit/s", new(5_000_000)),
        ("1 Mbit/s, 100 ms one way", new(1_000_000) { Delay = Ms(100) }),
        ("1 Mbit/s, 5 ms of jitter", new(1_000_000) { Jitter = Ms(5) }),
        ("1 Mbit/s, 15 ms of jitter", new(1_000_000) { Jitter = Ms(15) }),
        ("1 Mbit/s, 2 % lost at random", new(1_000_000) { Loss = 0.02 }),
        ("1 Mbit/s, 5 % lost at random", new(1_000_000) { Loss = 0.05 }),
        ("1 Mbit/s, a queue of 64 ms", new(1_000_000) { QueueBytes = 8_000 }),
        ("1 Mbit/s, a queue of 29 ms", new(1_000_000) { QueueBytes = 3_600 }),
    ];

    private static readonly PathWeather Wide = new(2_000_000);

    private static readonly (string Name, PathWeather Weather, double Seconds)[] Changes =
    [
        ("2 Mbit/s falls to 1 for 20 s", Wide with { CapacityBps = 1_000_000 }, 20),
        ("2 Mbit/s falls to 0.5 for 20 s", Wide with { CapacityBps = 500_000 }, 20),
        ("somebody takes 1.2 of 2 Mbit/s for 5 s", Wide with { CompetingBps = 1_200_000 }, 5),
        ("30 % are lost for 5 s", Wide with { Loss = 0.3 }, 5),
        ("nothing passes for 3 s", Wide with { Loss = 1 }, 3),
    ];

    public static (IReadOnlyList<SteadyFigures> Steady, IReadOnlyList<ChangeFigures> Changing) Run(int seeds)
        => ([.. Paths.Select(path => Steady(path.Name, path.Weather, seeds))], [.. Changes.Select(change => Changing(change.Name, change.Weather, change.Seconds, seeds))]);

    public static void Print(IReadOnlyList<SteadyFigures> steady, IReadOnlyList<ChangeFigures> changing, TextWriter output)
    {
        output.WriteLine($"{"path",-40}{"80 % after",12}{"used",8}{"queue p50",12}{"p95",9}{"lost",9}");
        foreach (var figures in steady)
        {
            output.WriteLine(
                $"{figures.Path,-40}{figures.ConvergedAfterS,10:0.0} s{figures.Share,8:P0}{figures.QueueP50Ms,9:0} ms{figures.QueueP95Ms,6:0} ms{figures.LossPercent,7:0.0} %");
        }

        output.WriteLine();
        output.WriteLine($"{"change",-40}{"used",8}{"queue p95",12}{"most",10}{"back after",13}");
        foreach (var figures in changing)
        {
            output.WriteLine(
                $"{figures.Change,-40}{figures.ShareWhileBad,8:P0}{figures.QueueP95Ms,9:0} ms{figures.QueueMaxMs,7:0} ms{figures.RecoveredAfterS,11:0.0} s");
        }
    }

    private static SteadyFigures Steady(string name, PathWeather weather, int seeds)
    {
        var runs = Enumerable.Range(1, seeds).Select(seed =>
        {
            var call = new VirtualCall(seed, Limits, weather);
            var converged = call.SecondsUntil(0.8 * weather.CapacityBps, limit: 60);
            call.Run(5);
            return (Converged: converged, Figures: call.Run(60));
        }).ToArray();
        return new SteadyFigures(
            name, Median(runs, run => run.Converged), Median(runs, run => run.Figures.Share), Median(runs, run => run.Figures.QueueP50Ms),
            Median(runs, run => run.Figures.QueueP95Ms), 100 * Median(runs, run => run.Figures.Lost));
    }

    private static ChangeFigures Changing(string name, PathWeather bad, double seconds, int seeds)
    {
        var runs = Enumerable.Range(1, seeds).Select(seed =>
        {
            var call = new VirtualCall(seed, Limits, Wide);
            call.Run(20);
            var figures = call.Run(seconds, bad);
            call.Run(0.01, Wide);
            return (Figures: figures, Recovered: call.SecondsUntil(0.8 * Wide.CapacityBps, limit: 60));
        }).ToArray();
        return new ChangeFigures(
            name, Median(runs, run => run.Figures.QueueMaxMs), Median(runs, run => run.Figures.QueueP95Ms), Median(runs, run => run.Figures.Share),
            Median(runs, run => run.Recovered));
    }

    private static double Median<T>(T[] runs, Func<T, double> figure) => runs.Select(figure).Order().ElementAt(runs.Length / 2);

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);
}

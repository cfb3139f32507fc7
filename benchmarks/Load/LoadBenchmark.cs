using System.Globalization;
using System.Text.Json;

namespace AV1Relay.Benchmarks.Load;

/// <summary>N rooms through the relay: what a packet costs, how long it takes, what is lost, what a room occupies.</summary>
internal static class LoadBenchmark
{
    public const int FullRate = 2_000_000; // bit/s
    public const int LowRate = 150_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The runs that the full command makes.</summary>
    public static IReadOnlyList<(int Rooms, int Subscribers, int BitsPerSecond)> FullMatrix { get; } =
    [
        (1, 1, FullRate), (10, 1, FullRate), (25, 1, FullRate), (50, 1, FullRate),
        (1, 3, FullRate), (10, 3, FullRate), (25, 3, FullRate), (50, 3, FullRate),
        (200, 1, LowRate), (200, 3, LowRate),
    ];

    public static async Task<int> RunAsync(
        IReadOnlyList<(int Rooms, int Subscribers, int BitsPerSecond)> matrix, double seconds, string address, FileInfo? json,
        CancellationToken cancellationToken)
    {
        Console.WriteLine($"{"rooms",6}{"subs",6}{"Mbit/s",8}{"packets/s",12}{"µs/packet",11}{"p50 ms",9}{"p99 ms",9}{"p99.9",9}{"loss %",9}{"KiB/room",10}   floor p50/p99");
        var samples = new List<LoadSample>();
        foreach (var (rooms, subscribers, bitsPerSecond) in matrix)
        {
            var floor = await GeneratorProcess.RunAsync(PlanOf(null, address, rooms, 1, bitsPerSecond, Math.Min(5, seconds)), cancellationToken);
            await using var relay = await Av1RelayProcess.StartAsync(address, rooms);
            var sample = await GeneratorProcess.RunAsync(PlanOf(relay, address, rooms, subscribers, bitsPerSecond, seconds), cancellationToken);
            samples.Add(sample);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rooms,6}{subscribers,6}{bitsPerSecond / 1e6,8:F2}{sample.PacketsPerSecond,12:F0}{sample.CpuMicrosPerForwardedPacket,11:F1}{sample.AddedLatencyMs.P50,9:F3}{sample.AddedLatencyMs.P99,9:F3}{sample.AddedLatencyMs.P999,9:F3}{sample.LossPercent,9:F4}{sample.ResidentKiBPerRoom,10:F0}   {floor.AddedLatencyMs.P50:F3}/{floor.AddedLatencyMs.P99:F3}"));
        }

        if (json is not null) await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(samples, Json), cancellationToken);
        return 0;
    }

    /// <summary>Joins evenly over some seconds while rooms are running.</summary>
    public static async Task<int> RunJoinsAsync(int rooms, int joins, double overSeconds, double seconds, string address, FileInfo? json, CancellationToken cancellationToken)
    {
        await using var relay = await Av1RelayProcess.StartAsync(address, rooms + (joins + 1) / 2);
        var plan = PlanOf(relay, address, rooms, 1, FullRate, seconds) with { StormJoins = joins, StormSeconds = overSeconds };
        var sample = await GeneratorProcess.RunAsync(plan, cancellationToken);
        var storm = sample.Storm ?? throw new InvalidDataException("The generator told nothing of the joins.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"joined                    {storm.Joined} of {storm.Joins}, {storm.JoinsPerSecond:F1} a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"relay's CPU a join        {storm.CpuMillisPerJoin:F2} ms, so {storm.JoinsPerCoreSecond:F0} joins a second and core (aim: 150)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"request to keys           p50 {storm.ConnectP50Ms:F1} ms, p99 {storm.ConnectP99Ms:F1} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"answered before one who asked {storm.OvertakingMs:F1} ms earlier, at most (asked every {1_000 * overSeconds / joins:F0} ms)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"running rooms' p99        {storm.QuietP99Ms:F3} ms before, {storm.StormP99Ms:F3} ms during, ×{storm.StormP99Ms / Math.Max(0.001, storm.QuietP99Ms):F2} (aim: 2)"));
        foreach (var failure in storm.Failures) Console.WriteLine($"failed: {failure}");
        if (json is not null) await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(sample, Json), cancellationToken);
        return storm.Joined == storm.Joins ? 0 : 1;
    }

    /// <param name="relay">Null: the generator's own floor.</param>
    public static LoadPlan PlanOf(IRelayUnderTest? relay, string address, int rooms, int subscribers, int bitsPerSecond, double seconds)
        => new(
            relay?.Kind ?? RelayKind.None, relay?.Connection, address, relay?.ProcessId ?? 0, rooms, subscribers, bitsPerSecond,
            WarmUpSeconds: relay is null ? 2 : 12, seconds);
}

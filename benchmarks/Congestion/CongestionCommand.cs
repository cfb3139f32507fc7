using System.CommandLine;
using System.Text.Json;

namespace AV1Relay.Benchmarks.Congestion;

/// <summary>The command line of <c>congestion</c>.</summary>
internal static class CongestionCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeded runs each path gets; the figures are their medians.", DefaultValueFactory = _ => 5 };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };
        var command = new Command("congestion", "Congestion control on virtual paths: time to converge, share used, queue, recovery.") { seeds, json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (steady, changing) = CongestionBenchmark.Run(Math.Max(1, arguments.GetValue(seeds)));
            CongestionBenchmark.Print(steady, changing, Console.Out);
            if (arguments.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(new { steady, changing }, Json), cancellationToken);
            return 0;
        });
        return command;
    }
}

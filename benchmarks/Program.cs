using System.CommandLine;
using AV1Relay.Benchmarks.Congestion;
using AV1Relay.Benchmarks.Latency;
using AV1Relay.Benchmarks.Load;
using AV1Relay.Benchmarks.Peers;
using AV1Relay.Benchmarks.Sound;
using AV1Relay.Benchmarks.Staff;
using AV1Relay.Benchmarks.Video;
using AV1Relay.Tests.Rig;

var seconds = new Option<int>("--seconds") { Description = "How long to watch the picture, in seconds.", DefaultValueFactory = _ => 30 };
var joins = new Option<int>("--joins") { Description = "How many times to join, for the join time.", DefaultValueFactory = _ => 7 };
var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };
var chart = new Option<FileInfo?>("--chart") { Description = "Write the chart to this SVG file; artifacts/latency.svg when not given." };

var latency = new Command("latency", "Glass to glass, control to photon, join and relay-added latency of the loopback demo.") { seconds, joins, json, chart };
latency.SetAction(async (arguments, cancellationToken) =>
{
    if (Programs.Missing is { } missing)
    {
        await Console.Error.WriteLineAsync($"{missing} Build it first: dotnet build -c Release AV1Relay.sln");
        return 1;
    }

    var budgets = LatencyBudgets.Read();
    var report = await LatencyBenchmark.RunAsync(TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(joins), budgets, cancellationToken);
    report.Print(Console.Out, budgets);
    if (arguments.GetValue(json) is { } jsonFile) await File.WriteAllTextAsync(jsonFile.FullName, report.ToJson(), cancellationToken);
    var chartPath = arguments.GetValue(chart)?.FullName ?? Path.Combine(Programs.Root, "artifacts", "latency.svg");
    Directory.CreateDirectory(Path.GetDirectoryName(chartPath)!); // a file's path has a folder
    await File.WriteAllTextAsync(chartPath, LatencyChart.Draw(report, budgets), cancellationToken);
    Console.WriteLine($"chart: {Path.GetRelativePath(Directory.GetCurrentDirectory(), chartPath)}");
    return 0;
});

var root = new RootCommand("Figures of AV1Relay, measured on this machine.") { latency };
foreach (var command in LoadCommands.All()) root.Add(command);
foreach (var command in PeersCommands.All()) root.Add(command);
root.Add(StaffCommands.Create());
root.Add(SoundCommands.Create());
root.Add(CongestionCommand.Create());
root.Add(VideoCommand.Create());
return await root.Parse(args).InvokeAsync();

using System.CommandLine;
using AV1Relay.Benchmarks.Latency;

var seconds = new Option<int>("--seconds") { Description = "How long to watch the picture, in seconds.", DefaultValueFactory = _ => 30 };
var joins = new Option<int>("--joins") { Description = "How many times to join, for the join time.", DefaultValueFactory = _ => 7 };
var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };
var chart = new Option<FileInfo?>("--chart") { Description = "Write the chart to this SVG file." };

var latency = new Command("latency", "Glass to glass, control to photon, join and relay-added latency of the loopback demo.") { seconds, joins, json, chart };
latency.SetAction(async (arguments, cancellationToken) =>
{
    var budgets = LatencyBudgets.Read();
    var report = await LatencyBenchmark.RunAsync(TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(joins), budgets, cancellationToken);
    report.Print(Console.Out, budgets);
    if (arguments.GetValue(json) is { } jsonFile) await File.WriteAllTextAsync(jsonFile.FullName, report.ToJson(), cancellationToken);
    if (arguments.GetValue(chart) is { } chartFile) await File.WriteAllTextAsync(chartFile.FullName, LatencyChart.Draw(report, budgets), cancellationToken);
    return 0;
});

return await new RootCommand("Figures of AV1Relay, measured on this machine.") { latency }.Parse(args).InvokeAsync();

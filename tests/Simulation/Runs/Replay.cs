using System.Globalization;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>One run by name and seed, to look at what a test complained about.</summary>
internal static class Replay
{
    public static int Run(string scenario, string seed)
    {
        var report = Scenarios.Named(scenario).Run(int.Parse(seed, CultureInfo.InvariantCulture));
        Console.WriteLine($"{report.Scenario}, seed {report.Seed}: {report.Datagrams} datagrams, trace {report.TraceHash:X16}");
        foreach (var line in report.Story) Console.WriteLine(line);
        Console.Write(report.Summary);
        if (report.ViolationCount == 0) return 0;
        Console.Error.WriteLine(report.Complaint);
        return 1;
    }
}

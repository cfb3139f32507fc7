using System.Globalization;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>Every scenario with one seed after another, for as long as somebody has patience: the long form of the tests.</summary>
internal static class Sweep
{
    /// <param name="arguments">How many seeds; then, if wanted, the first one.</param>
    public static int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10;
        var first = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
        var failed = 0;
        for (var seed = first; seed < first + count; seed++)
        {
            foreach (var scenario in Scenarios.All)
            {
                var report = scenario.Run(seed);
                if (report.ViolationCount == 0) continue;
                failed++;
                Console.WriteLine(report.Complaint);
            }
        }

        Console.WriteLine($"{count * Scenarios.All.Count} runs with seeds {first}–{first + count - 1}: {failed} with violations.");
        return failed == 0 ? 0 : 1;
    }
}

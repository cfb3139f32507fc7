using System.CommandLine;
using AV1Relay.Benchmarks.Load;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>The command line of <c>peers</c>.</summary>
internal static class PeersCommands
{
    public static IEnumerable<Command> All()
    {
        var rooms = new Option<int>("--rooms") { Description = "Rooms at once.", DefaultValueFactory = _ => 10 };
        var subscribers = new Option<int>("--subscribers") { Description = "Subscribers a room.", DefaultValueFactory = _ => 1 };
        var kilobits = new Option<int>("--kbps") { Description = "Picture a room in kbit/s.", DefaultValueFactory = _ => LoadBenchmark.FullRate / 1_000 };
        var seconds = new Option<double>("--seconds") { Description = "How long each turn is measured, in seconds.", DefaultValueFactory = _ => 20 };
        var rounds = new Option<int>("--rounds") { Description = "How many times everybody has a turn.", DefaultValueFactory = _ => 5 };
        var address = new Option<string?>("--address") { Description = "Local address for everybody, not a loopback one; without it one is made, or found." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };
        foreach (var option in new[] { rooms, subscribers, kilobits, rounds })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1) result.AddError($"{option.Name} is at least 1.");
            });
        }

        var peers = new Command("peers", "The same load through AV1Relay, Janus and a bare forwarder, in turns; prints the ratios.")
        {
            rooms, subscribers, kilobits, seconds, rounds, address, json,
        };
        peers.SetAction(async (arguments, cancellationToken) =>
        {
            if (Programs.Missing is { } missing)
            {
                await Console.Error.WriteLineAsync($"{missing} Build it first: dotnet build -c Release AV1Relay.sln");
                return 1;
            }

            try
            {
                var budgets = PeersBudgets.Read();
                var report = await PeersBenchmark.RunAsync(
                    arguments.GetValue(rooms), arguments.GetValue(subscribers), arguments.GetValue(kilobits) * 1_000, arguments.GetValue(seconds),
                    arguments.GetValue(rounds), arguments.GetValue(address), cancellationToken);
                report.Print(Console.Out, budgets);
                if (arguments.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, report.ToJson(budgets), cancellationToken);
                return 0;
            }
            catch (InvalidOperationException problem)
            {
                await Console.Error.WriteLineAsync(problem.Message);
                return 1;
            }
        });
        yield return peers;
    }
}

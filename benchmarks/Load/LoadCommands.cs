using System.CommandLine;

namespace AV1Relay.Benchmarks.Load;

/// <summary>The command line of <c>load</c>.</summary>
internal static class LoadCommands
{
    public static IEnumerable<Command> All()
    {
        var rooms = new Option<int?>("--rooms") { Description = "Only this many rooms; without it the whole table, 1 to 200." };
        var subscribers = new Option<int>("--subscribers") { Description = "Subscribers a room, with --rooms.", DefaultValueFactory = _ => 1 };
        var kilobits = new Option<int>("--kbps") { Description = "Picture a room in kbit/s, with --rooms.", DefaultValueFactory = _ => LoadBenchmark.FullRate / 1_000 };
        var seconds = new Option<double>("--seconds") { Description = "How long each run is measured, in seconds.", DefaultValueFactory = _ => 20 };
        var address = new Option<string>("--address") { Description = "Local address of relay and generator.", DefaultValueFactory = _ => "127.0.0.1" };
        var joins = new Option<bool>("--joins") { Description = "A storm of joins while ten rooms (or --rooms) are running." };
        var count = new Option<int>("--count") { Description = "How many join, with --joins.", DefaultValueFactory = _ => 500 };
        var over = new Option<double>("--over") { Description = "Within how many seconds they join, with --joins.", DefaultValueFactory = _ => 10 };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file." };
        var load = new Command("load", "Rooms from a load generator: cost per packet, latency, loss, memory.") { rooms, subscribers, kilobits, seconds, address, joins, count, over, json };
        load.SetAction((arguments, cancellationToken) => arguments.GetValue(joins)
            ? LoadBenchmark.RunJoinsAsync(
                arguments.GetValue(rooms) ?? 10, arguments.GetValue(count), arguments.GetValue(over), arguments.GetValue(seconds),
                arguments.GetRequiredValue(address), arguments.GetValue(json), cancellationToken)
            : LoadBenchmark.RunAsync(
                arguments.GetValue(rooms) is { } some
                    ? [(some, arguments.GetValue(subscribers), arguments.GetValue(kilobits) * 1_000)]
                    : LoadBenchmark.FullMatrix,
                arguments.GetValue(seconds), arguments.GetRequiredValue(address), arguments.GetValue(json), cancellationToken));
        yield return load;

        var minutes = new Option<double>("--minutes") { Description = "How long, in minutes: 60 for the whole, 10 for the usual, 1 for a look.", DefaultValueFactory = _ => 10 };
        var soak = new Command("soak", "Ten rooms with every counter about to wrap, peers coming and going: loss, growth, pauses.") { minutes, address };
        soak.SetAction((arguments, cancellationToken)
            => SoakBenchmark.RunAsync(arguments.GetValue(minutes), arguments.GetRequiredValue(address), cancellationToken));
        yield return soak;

        var generate = new Command(GeneratorProgram.Command, "The load generator's own process.") { Hidden = true };
        generate.SetAction((_, cancellationToken) => GeneratorProgram.RunAsync(cancellationToken));
        yield return generate;
    }
}

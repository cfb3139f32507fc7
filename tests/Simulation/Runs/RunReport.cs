using System.Globalization;
using System.Text;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>What a run came to.</summary>
internal sealed record RunReport(string Scenario, int Seed, ulong TraceHash, long Datagrams, IReadOnlyList<string> Violations, int ViolationCount, string Summary, IReadOnlyList<string> Story)
{
    public static RunReport Of(Scenario scenario, World world)
    {
        var words = new StringBuilder();
        foreach (var participant in world.Participants)
        {
            words.Append(CultureInfo.InvariantCulture, $"{participant.Name}: up {participant.Up.Offered} −{participant.Up.Lost} +{participant.Up.Copied}, ");
            words.Append(CultureInfo.InvariantCulture, $"down {participant.Down.Offered} −{participant.Down.Lost} +{participant.Down.Copied}");
            foreach (var stream in participant.Subscribed)
                words.Append(CultureInfo.InvariantCulture, $"; {stream.Source} {stream.Received} ({stream.ReceivedAsRepeats} repeated, {stream.NeverArrived} of {stream.Lost} lost never came)");
            words.AppendLine();
        }

        return new RunReport(
            scenario.Name, world.Seed, world.Trace.Value, world.Trace.Count, world.Violations.Words, world.Violations.Count, words.ToString(), world.Story);
    }

    /// <summary>What was wrong, and how to see it again.</summary>
    public string Complaint
        => $"{ViolationCount} violations in \"{Scenario}\" with seed {Seed}:\n  {string.Join("\n  ", Violations)}\n"
            + $"See it again: tests/Simulation's program with: replay \"{Scenario}\" {Seed}\n{Summary}";
}

using System.CommandLine;
using AV1Relay.Application.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server retention run</c>: deletes what has been kept for its time; a running relay does it each night.</summary>
internal static class RetentionCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var run = new Command("run", "Delete what has been kept for its time, and leave evidence of it, as a running relay does each night. May run beside it, and again after it was cut off.") { data, json };
        run.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await RelayData.OpenAsync(SharedOptions.Existing(result.GetRequiredValue(data)), time, cancellationToken);
            var counts = await new RetentionRun(relay.Get<IRecords>(), time, RelayData.Actor).RunAsync(cancellationToken);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(Report.ToLine(new
                {
                    classes = counts.Select(count => new { name = count.Class.ToString(), deleted = count.Deleted, held = count.Held }),
                }));
                return 0;
            }

            foreach (var count in counts)
                await output.WriteLineAsync($"{count.Class}: {count.Deleted} deleted{(count.Held > 0 ? $", {count.Held} kept by a legal hold" : "")}");
            return 0;
        });
        return new Command("retention", "Keep nothing longer than its time.") { run };
    }
}

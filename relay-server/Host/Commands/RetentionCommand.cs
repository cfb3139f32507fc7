using System.CommandLine;
using AV1Relay.Application.Privacy;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server retention run|set|show</c>: how long each class of data is kept, and deleting what was kept for its time.</summary>
internal static class RetentionCommand
{
    public static Command Create(TimeProvider time) =>
        new("retention", "Keep nothing longer than its time.") { Run(time), Set(time), Show(time) };

    private static Command Run(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var run = new Command("run", "Delete what has been kept for its time, and leave evidence of it, as a running relay does each night. May run beside it, and again after it was cut off.") { data, json };
        run.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var counts = await new RetentionRun(relay.Get<IRecords>(), time, RelayData.Actor).RunAsync(cancellationToken);
            File.Delete(relay.Directory.RetentionWaitsFile); // somebody has seen to it
            await relay.Get<IDeletedTraces>().ClearAllAsync(cancellationToken); // by hand, at a time that somebody chose
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
        return run;
    }

    private static Command Set(TimeProvider time)
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var @class = RetentionOptions.Class("Which class of data.");
        var period = RetentionOptions.KeptFor("How long it is kept: days, weeks, months or years.");
        var start = RetentionOptions.Start("What that is counted from.");
        var why = new Option<string>("--why")
        {
            Description = "Where the period comes from, such as the school's schedule; it stands in the audit for good, so name nobody.",
            HelpName = "TEXT",
            Required = true,
        };
        var outlasts = new Option<bool>("--outlasts-erasure")
        {
            Description = "The school has to keep it this long also when erasure is asked for.",
        };
        (@class.Required, period.Required, start.Required) = (true, true, true);
        var command = new Command("set", "Set how long one class of data is kept, from the next run on.")
        {
            data, @class, period, start, why, outlasts, json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var rule = Rule(
                result.GetValue(@class)!.Value, result.GetValue(start)!.Value, result.GetValue(period)!, // required
                result.GetRequiredValue(why), result.GetValue(outlasts));
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var privacy = new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor);
            var settings = SharedOptions.Done(await privacy.SetRetentionAsync(rule, cancellationToken));
            await PrintAsync(settings, result.GetValue(json), result.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static Command Show(TimeProvider time)
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var command = new Command("show", "Print how long each class of data is kept.") { data, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var settings = await new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor).RetentionAsync(cancellationToken);
            await PrintAsync(settings, result.GetValue(json), result.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    /// <exception cref="CommandException">Nothing would be kept at all.</exception>
    private static RetentionRule Rule(RetentionClass @class, RetentionStart start, Period keptFor, string source, bool outlastsErasure)
    {
        try
        {
            return new RetentionRule(@class, start, keptFor, source, outlastsErasure);
        }
        catch (ArgumentException)
        {
            throw new CommandException("--period is a day or more; only from the end of an academic year may it be nothing.");
        }
    }

    private static async Task PrintAsync(RetentionSettings settings, bool json, TextWriter output)
    {
        if (json)
        {
            await output.WriteLineAsync(Report.ToLine(new
            {
                classes = settings.Rules.Select(rule => new
                {
                    name = rule.Class.ToString(),
                    keptFor = rule.KeptFor.ToString(),
                    start = rule.Start.ToString(),
                    source = rule.Source,
                    outlastsErasure = rule.OutlastsErasure,
                }),
            }));
            return;
        }

        foreach (var rule in settings.Rules)
        {
            var outlasts = rule.OutlastsErasure ? ", also when erasure is asked for" : "";
            await output.WriteLineAsync(
                $"{RetentionOptions.Word(rule.Class)}\t{rule.KeptFor} from {RetentionOptions.Word(rule.Start)}{outlasts}\t{rule.Source}");
        }
    }
}

using System.CommandLine;
using AV1Relay.Application.Privacy;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server pupil export|erase</c>: everything on one pupil, in one action each.</summary>
internal static class PupilCommand
{
    public static Command Create(TimeProvider time) =>
        new("pupil", "Give out or erase everything that is kept on one pupil.") { Export(time), Erase(time) };

    private static Command Export(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var pupil = Pupil();
        var file = new Option<string>("--file") { Description = "A new file for the JSON document; only its owner can read it.", HelpName = "FILE", Required = true };
        var command = new Command("export", "Write everything that is kept on a pupil into one JSON file, for the family: also what staff may not read.")
        {
            data, pupil, file,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var (id, to) = (Parse(result.GetRequiredValue(pupil)), result.GetRequiredValue(file));
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var privacy = new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor);
            if (File.Exists(to)) throw new CommandException($"{to} is there already, and is not written over: choose another --file.");
            var records = await privacy.ExportAsync(id, () => Open(to), cancellationToken);
            if (records == 0) throw new CommandException($"Nothing is kept on pupil {id}: look at --pupil.");
            await result.InvocationConfiguration.Output.WriteLineAsync($"{records} records are in {to}. It tells who the pupil is: hand it over safely, and delete it.");
            return 0;
        });
        return command;
    }

    private static Command Erase(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var pupil = Pupil();
        var why = new Option<string>("--why") { Description = "The reason; it stands in the audit for good, so name nobody.", HelpName = "TEXT", Required = true };
        var command = new Command("erase", "Erase everything that is kept on a pupil, but for what a legal hold or the school's duty keeps.") { data, pupil, why };
        command.SetAction(async (result, cancellationToken) =>
        {
            var (id, reason) = (Parse(result.GetRequiredValue(pupil)), result.GetRequiredValue(why));
            if (string.IsNullOrWhiteSpace(reason)) throw new CommandException("--why is empty: say in a few words who asked for it.");
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var outcome = await new OperatorPrivacy(relay.Get<IRecords>(), time, RelayData.Actor).EraseAsync(id, reason, cancellationToken);
            if (!outcome.TryGet(out var erasure, out var refusals)) throw new CommandException(string.Join(Environment.NewLine, refusals));
            var isClear = await relay.Get<IDeletedTraces>().ClearAllAsync(cancellationToken);
            var output = result.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{erasure.Erased.Count} records are erased; backups taken before still have them.");
            if (!isClear)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync(
                    "The database is in use, so its file could not be written anew: traces of them may be left in it. "
                    + "Run 'relay-server retention run' when nobody uses it.");
            }

            foreach (var kept in erasure.Kept.GroupBy(kept => (kept.Record.Kind, kept.Why)))
                await output.WriteLineAsync($"kept: {kept.Count()} of {kept.Key.Kind}. {kept.Key.Why}");
            return 0;
        });
        return command;
    }

    private static Option<string> Pupil() => new("--pupil") { Description = "The pupil's id.", HelpName = "ID", Required = true };

    private static PupilId Parse(string text) =>
        Guid.TryParse(text, out var id) ? new PupilId(id) : throw new CommandException($"--pupil {text}: a pupil's id is a UUID, as pages and the audit show it.");

    /// <exception cref="CommandException">It can't be written; in words.</exception>
    private static FileStream Open(string file)
    {
        try
        {
            return DataDirectory.OpenFile(file, FileMode.CreateNew);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} can't be written: {failure.Message} Choose another --file.");
        }
    }
}

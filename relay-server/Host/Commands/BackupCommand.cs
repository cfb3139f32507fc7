using System.CommandLine;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Grants;
using AV1Relay.RelayServer.Backup;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server backup</c> and <c>restore</c>: all that a relay keeps, as one file.</summary>
internal static class BackupCommand
{
    public static Command CreateBackup(TimeProvider time)
    {
        var (data, file) = (SharedOptions.Data(), FileOption("Where to write it; not there yet."));
        var command = new Command("backup", "Write database, keys and certificates into one file; also while the server runs.") { data, file };
        command.SetAction(async (result, cancellationToken) =>
        {
            var directory = DataDirectory.Open(SharedOptions.Existing(result.GetRequiredValue(data)));
            await using var relay = await RelayData.OpenAsync(directory.Path, time, cancellationToken); // brought up to date
            var length = await BackupFile.WriteAsync(directory, Path.GetFullPath(result.GetRequiredValue(file)), cancellationToken);
            await relay.RecordAsync("backup.made", Path.GetFileName(result.GetRequiredValue(file)), "", cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"Wrote {result.GetRequiredValue(file)}, {length:N0} bytes. It holds the relay's keys and all personal data: keep it as safe as the relay.");
            return 0;
        });
        return command;
    }

    public static Command CreateRestore(TimeProvider time)
    {
        var (data, file) = (SharedOptions.Data(isMade: true), FileOption("A file that relay-server backup wrote."));
        var command = new Command("restore", "Put a backup into an empty data folder, then check it.") { data, file };
        command.SetAction(async (result, cancellationToken) =>
        {
            var directory = DataDirectory.Open(result.GetRequiredValue(data));
            using (directory.Lock())
            {
                await BackupFile.ReadAsync(directory, Path.GetFullPath(result.GetRequiredValue(file)), cancellationToken);
            }

            await using var relay = await RelayData.OpenAsync(directory.Path, time, cancellationToken);
            var audit = await relay.Get<IAuditLog>().VerifyAsync(cancellationToken);
            // Robots refuse a grant with a lower number than they have seen, and have seen some that the backup knows nothing of; never one a
            // millisecond, so that the time is above all of them.
            await relay.Get<IGrantNumbers>().RaiseAsync(relay.Clock.Wall.ToUnixTimeMilliseconds(), relay.Clock.Wall, cancellationToken);
            await relay.RecordAsync("backup.restored", Path.GetFileName(result.GetRequiredValue(file)), "", cancellationToken);
            await File.WriteAllTextAsync(directory.RetentionWaitsFile, "", cancellationToken);
            File.Delete(directory.UnfinishedRestoreFile);
            if (audit.Problem is { } problem) throw new CommandException($"Restored, but the audit chain is broken: {problem}");
            await result.InvocationConfiguration.Output.WriteLineAsync($"Restored into {directory.Path}: the audit chain holds, {audit.Entries} entries.");
            await result.InvocationConfiguration.Output.WriteLineAsync(
                "What was done after the backup is not in it: erase again whoever was erased since, remove again the robots, roles and parents "
                + "that were removed since, and invite anew whoever lost a password or a phone since. "
                + "Place again the legal holds that were placed since, and then run 'relay-server retention run': until then nothing is deleted at night. "
                + "Robots that were bound to ad-hoc sessions have to be bound again.");
            return 0;
        });
        return command;
    }

    private static Option<string> FileOption(string description) => new("--file") { Description = description, HelpName = "F", Required = true };
}

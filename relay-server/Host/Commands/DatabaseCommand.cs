using System.CommandLine;
using AV1Relay.RelayServer.Data;
using AV1Relay.Storage;
using AV1Relay.Storage.Databases;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server database</c>: says which database this relay uses, or has it use PostgreSQL from now on.</summary>
internal static class DatabaseCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data(isMade: true);
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Connection string of an existing, empty PostgreSQL database, such as 'Host=db;Database=relay;Username=relay'; - reads it from standard input, where no other user can see a password.",
            HelpName = "STRING",
        };
        var startEmpty = new Option<bool>("--start-empty") { Description = "Leave what is in this relay's own file behind; the file is kept." };
        var command = new Command("database", "Say which database this relay uses, or have it use PostgreSQL.") { data, postgres, startEmpty };
        command.SetAction(async (result, cancellationToken) =>
        {
            var directory = DataDirectory.Open(result.GetRequiredValue(data));
            if (result.GetValue(postgres) is { } given)
            {
                using var _ = directory.Lock(); // not under a server that is running
                if (File.Exists(directory.DatabaseFile) && !result.GetValue(startEmpty))
                {
                    throw new CommandException(
                        $"{directory.DatabaseFile} has data that is not carried over: robots would have to be enrolled again. Say --start-empty if that is what you want.");
                }

                var connectionString = given == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : given;
                await TryAsync(directory, connectionString.Trim(), cancellationToken);
                directory.LeaveAuditHeads();
                directory.UsePostgres(connectionString.Trim());
            }

            await result.InvocationConfiguration.Output.WriteLineAsync(directory.DatabaseName);
            return 0;
        });
        return command;
    }

    /// <summary>Nothing is noted that does not work.</summary>
    private static async Task TryAsync(DataDirectory directory, string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = new ServiceCollection()
                .AddRelayStorage(new RelayDatabase.Postgres(connectionString), directory.AuditHeadsFile)
                .BuildServiceProvider();
            await RelayStorage.MigrateAsync(services, cancellationToken);
        }
        catch (ArgumentException malformed)
        {
            throw new CommandException($"That is no connection string: {malformed.Message}");
        }
        catch (DatabaseException failure)
        {
            throw new CommandException($"PostgreSQL can't be used: {failure.Message}. Nothing was changed here.");
        }
    }
}

using System.CommandLine;
using AV1Relay.RelayServer.Commands;

namespace AV1Relay.RelayServer;

/// <summary>The command line: parses, runs, and turns what went wrong into words on standard error and an exit code.</summary>
internal static class RelayProgram
{
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellationToken)
    {
        var root = new RootCommand("The relay of AV1Relay: media, control and pages for telepresence robots in classrooms.")
        {
            ServeCommand.Create(time),
            TokenCommand.Create(time),
            DebugTokenCommand.Create(time),
            ApiTokenCommand.Create(time),
            SchoolCommand.Create(time),
            AdministratorCommand.Create(time),
            AssignCommand.Create(time),
            PeopleCommand.Create(time),
            InviteCommand.Create(time),
            LinkCommand.Create(time),
            EnrollCodeCommand.Create(time),
            RobotCommand.Create(time),
            AuditCommand.Create(time),
            DatabaseCommand.Create(time),
            SeedCommand.Create(time),
            LessonCommand.Create(time),
            BackupCommand.CreateBackup(time),
            BackupCommand.CreateRestore(time),
            RetentionCommand.Create(time),
            HoldCommand.Create(time),
            PupilCommand.Create(time),
            DoctorCommand.Create(time),
        };
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // the server drains by itself; short commands just end
        };
        try
        {
            return await root.Parse(arguments).InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        catch (Exception unexpected) // the edge of the program: with the details, for whoever reports it
        {
            await error.WriteLineAsync($"Something went wrong that should not: {unexpected}");
            return 1;
        }
    }
}

using System.CommandLine;
using AV1Relay.RobotAgent.Enrolment;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary>The command line: parses, runs, and turns what went wrong into words on standard error and an exit code.</summary>
internal static class AgentProgram
{
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancellationToken)
    {
        var root = new RootCommand("The program on an AV1Relay telepresence robot.")
        {
            RunCommand.Create(time),
            EnrollCommand.Create(time),
            DoctorCommand.Create(time),
            ServosCommand.Create(time),
        };
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5), // the robot makes itself safe within two
        };
        try
        {
            return await root.Parse(arguments).InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception problem) when (problem is CommandException or EnrolmentException or StateException)
        {
            await error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }
}

using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Page;
using AV1Relay.RobotAgent.Running;
using AV1Relay.RobotAgent.State;

namespace AV1Relay.RobotAgent.CommandLine;

/// <summary><c>robot-agent run</c>: the robot, until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create(TimeProvider time)
    {
        var relay = SharedOptions.Relay(required: true);
        var state = SharedOptions.State(required: true);
        var simulate = SharedOptions.Simulate();
        var allowAdHoc = new Option<bool>("--allow-adhoc") { Description = "Take part in sessions for tests with a real body too." };
        var allowHttp = new Option<bool>("--allow-http")
        {
            Description = "Publish over http to another computer too: its token and offer go in the clear. For a network where nobody else is.",
        };
        var body = SharedOptions.Body();
        var camera = SharedOptions.Camera();
        var microphone = SharedOptions.Microphone();
        var speaker = SharedOptions.Speaker();
        var echo = SharedOptions.Echo();
        var page = new Option<string?>("--page")
        {
            Description = "Show the robot's own page there, on this computer only; port 0 takes a free one.",
            HelpName = "ADDR:PORT",
        };
        var remotePage = new Option<bool>("--allow-remote-page") { Description = "Let --page listen where other computers reach it. It shows no pictures and plays no sound." };
        var size = SharedOptions.Size();
        var codec = SharedOptions.Codec();
        var verbose = new Option<bool>("--verbose") { Description = "Log what helps to find a fault, addresses included." };
        var command = new Command("run", "Be the robot: link to the relay, and take part in the sessions it gives.")
        {
            relay, state, simulate, body, allowAdHoc, allowHttp, camera, microphone, speaker, echo, page, remotePage, size, codec, verbose,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            new(
                result.GetRequiredValue(relay)!, result.GetRequiredValue(state)!, result.GetValue(simulate), result.GetValue(allowAdHoc),
                SharedOptions.InputOf(result, camera, simulate), SharedOptions.InputOf(result, microphone, simulate),
                SharedOptions.SpeakerOf(result, speaker, simulate),
                ReadPage(result.GetValue(page), result.GetValue(remotePage)), result.GetValue(size), result.GetValue(codec))
            {
                AllowHttp = result.GetValue(allowHttp),
                CancelsEcho = result.GetValue(echo) ?? SharedOptions.InputOf(result, microphone, simulate).Source is not null,
            },
            SharedOptions.BodyOf(result, body, simulate, time), result.GetValue(verbose), result.InvocationConfiguration.Output, time, cancellationToken));
        return command;
    }

    /// <exception cref="CommandException">Not an address and a port, or one that others reach without it having been allowed.</exception>
    internal static IPEndPoint? ReadPage(string? text, bool mayBeRemote)
    {
        if (text is null) return null;
        if (!SharedOptions.TryParseEndpoint(text, out var endpoint))
            throw new CommandException($"--page is an address and a port such as 127.0.0.1:8090, not '{text}'.");
        if (!IPAddress.IsLoopback(endpoint.Address) && !mayBeRemote)
            throw new CommandException($"--page {text} can be reached from other computers, and shows when a class is in session: use 127.0.0.1, or add --allow-remote-page.");
        return endpoint;
    }

    private static async Task<int> RunAsync(
        RobotOptions options, IRobotBody body, bool verbose, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = StateFolder.Open(options.StateFolder);
        using var logs = AgentLogs.Create(verbose);
        await using var robot = new Robot(options, state, state.LoadIdentity(), body, time, logs);
        robot.Start();
        await using var page = await StartPageAsync(options, robot, body, logs);
        if (page is not null) await output.WriteLineAsync($"Robot page: {page.Address}");
        await output.FlushAsync(CancellationToken.None);

        await UntilStoppedAsync(robot.Failed, cancellationToken);
        await robot.StopAsync();
        return robot.Failed.IsCompleted ? 1 : 0;
    }

    private static async Task<RobotPage?> StartPageAsync(RobotOptions options, Robot robot, IRobotBody body, ILoggerFactory logs)
    {
        if (options.Page is not { } endpoint) return null;
        try
        {
            return await RobotPage.StartAsync(endpoint, robot.Picture, body as SimulatedBody, logs);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            await robot.StopAsync();
            throw new CommandException($"The robot's page can't listen on {endpoint}: {problem.Message} Choose another with --page.");
        }
    }

    private static async Task UntilStoppedAsync(Task failed, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true; // the robot makes itself safe first
            stopped.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var cancelled = cancellationToken.Register(() => stopped.TrySetResult());
        await Task.WhenAny(stopped.Task, failed);
    }
}

using System.Net;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.Protos;
using AV1Relay.RelayServer;
using AV1Relay.RelayServer.Composition;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Enrolment;
using AV1Relay.RobotAgent.State;
using AV1Relay.Tests.Integration.Relay;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>A real relay and a real agent with a simulated body, in this process, over loopback sockets and real time.</summary>
internal sealed class TestClassroom : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-robot");
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _logs;
    private RelaySettings _settings;
    private RelayApplication? _relay;
    private bool _takesAdHoc = true;

    private TestClassroom(bool secure)
    {
        _logs = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _settings = new(
            Path.Combine(_folder.FullName, "relay"), [Url(secure ? "https://localhost:0" : "http://127.0.0.1:0")], [Url("https://127.0.0.1:0")], [IPAddress.Loopback],
            0, new IPEndPoint(IPAddress.Loopback, 0), 1, null, null);
    }

    public Uri Relay { get; private set; } = null!; // set by StartAsync, the only way to get one

    public AV1Relay.RobotAgent.Running.Robot Robot { get; private set; } = null!; // likewise

    public SimulatedBody Body { get; private set; } = new(TimeProvider.System);

    /// <summary>What relay and robot have logged.</summary>
    public IReadOnlyCollection<string> Log => _log.All;

    public string RobotName { get; private set; } = "";

    public string DataPath => _settings.DataPath;

    /// <summary>The running relay's own.</summary>
    public IServiceProvider Services => _relay!.Services; // started before anybody asks

    public string StateFolderPath => Path.Combine(_folder.FullName, "robot");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<TestClassroom> StartAsync(VideoCodec? codec = null, string camera = "test", string microphone = "test", bool secure = false, Func<TestClassroom, Task>? beforeTheRobotStarts = null)
    {
        var classroom = new TestClassroom(secure);
        await classroom.StartRelayAsync();
        await classroom.EnrolAsync();
        await classroom.RunAsync("token", "--session", "lesson", "--role", "robot", "--robot", classroom.RobotName, "--ttl", "1h");
        if (beforeTheRobotStarts is not null) await beforeTheRobotStarts(classroom);
        classroom.StartRobot(codec, camera, microphone);
        return classroom;
    }

    /// <summary>With a robot that takes sessions on the calendar and no others.</summary>
    public static async Task<TestClassroom> StartScheduledAsync()
    {
        var classroom = new TestClassroom(secure: false) { _takesAdHoc = false };
        await classroom.StartRelayAsync();
        await classroom.EnrolAsync();
        classroom.StartRobot(null, "test", "test");
        return classroom;
    }

    /// <summary>Again with the same data and the same ports.</summary>
    public async Task StartRelayAsync()
    {
        _relay = await RelayApplication.StartAsync(_settings, TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(_log), Cancelled);
        Relay = new Uri(_relay.Urls.PageUrl);
        _settings = _settings with { PageUrls = [Url(_relay.Urls.PageUrl)], RobotUrls = [Url(_relay.Urls.RobotUrl)] };
    }

    public async Task StopRelayAsync() => await _relay!.DisposeAsync(); // started before it is stopped

    /// <summary>The relay starts anew with its data, certificates included, and another key that signs grants.</summary>
    public async Task ChangeDomainKeyAsync()
    {
        await StopRelayAsync();
        File.Delete(Path.Combine(_settings.DataPath, "domain-key.pem"));
        await StartRelayAsync();
    }

    /// <summary>Switched off and on: what is left is the state folder.</summary>
    public async Task RestartRobotAsync()
    {
        await Robot.StopAsync();
        await Robot.DisposeAsync();
        Body = new(TimeProvider.System);
        StartRobot(null, "test", "test");
    }

    public async Task<TestPupil> PupilAsync(bool withVp8 = false) =>
        new(Relay, await RunAsync("token", "--session", "lesson", "--role", "pupil", "--ttl", "1h"), withVp8);

    public async Task<string> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await RelayProgram.RunAsync([.. arguments, "--data", _settings.DataPath], output, error, TimeProvider.System, Cancelled);
        Assert.True(exitCode == 0, error.ToString());
        return output.ToString().Trim();
    }

    public static Task UntilAsync(Func<bool> isSo, string what, TimeSpan? atMost = null) => UntilAsync(isSo, () => what, atMost);

    public static async Task UntilAsync(Func<bool> isSo, Func<string> what, TimeSpan? atMost = null)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < (atMost ?? Patience), $"Waited for {what()}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancelled);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Robot.StopAsync();
        await Robot.DisposeAsync();
        await StopRelayAsync();
        _logs.Dispose();
        foreach (var line in _log.All) TestContext.Current.TestOutputHelper?.WriteLine(line);
        _folder.Delete(recursive: true);
    }

    private async Task EnrolAsync()
    {
        Assert.True(EnrolmentCode.TryParse(await RunAsync("enroll-code"), out var code));
        RobotName = await Enroller.EnrolAsync(Relay, code, StateFolder.Open(StateFolderPath), "test", TimeProvider.System, Cancelled);
    }

    private void StartRobot(VideoCodec? codec, string camera, string microphone)
    {
        Assert.True(InputName.TryParse(camera, out var sees) & InputName.TryParse(microphone, out var hears));
        var state = StateFolder.Open(StateFolderPath);
        Robot = new(
            new(Relay, StateFolderPath, Simulate: _takesAdHoc, AllowAdHoc: false, sees, hears, RobotDevices.Meter, null, VideoFormat.Small, codec),
            state, state.LoadIdentity(), Body, TimeProvider.System, _logs);
        Robot.Start();
    }

    private static ListenUrl Url(string text) => ListenUrl.TryParse(text, out var url, out var problem) ? url : throw new ArgumentException(problem);
}

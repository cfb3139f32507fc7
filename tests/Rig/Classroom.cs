using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A relay and its robots as processes of their own, on free loopback ports, with data that goes when it is disposed.</summary>
public sealed partial class Classroom : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("av1relay-classroom").FullName;
    private readonly int _httpPort = FreePorts.Tcp();
    private readonly int _robotPort = FreePorts.Tcp();
    private readonly int _mediaPort = FreePorts.Udp();
    private readonly List<RobotProcess> _robots = [];

    private Classroom()
    {
    }

    public ChildProcess Relay { get; private set; } = null!; // set by StartAsync, the only way to get one

    public Uri RelayUrl => new($"http://127.0.0.1:{_httpPort}/");

    public string DataFolder => Path.Combine(_folder, "relay");

    public IReadOnlyList<RobotProcess> Robots => _robots;

    public static async Task<Classroom> StartAsync()
    {
        var classroom = new Classroom();
        await classroom.StartRelayAsync();
        return classroom;
    }

    /// <summary>Starts the relay, the first time or again with the same data and ports, and waits until it listens.</summary>
    public async Task StartRelayAsync()
    {
        Relay = ChildProcess.Start(
            "relay-server", Programs.RelayServer, "serve", "--data", DataFolder, "--urls", RelayUrl.ToString().TrimEnd('/'),
            "--robot-urls", $"https://127.0.0.1:{_robotPort}", "--media-address", "127.0.0.1", "--media-port", $"{_mediaPort}", "--shards", "1",
            "--pages", Path.Combine(Programs.Root, "student-client", "dist"));
        await Relay.WaitForLineAsync(RelayReady(), Patience);
    }

    /// <summary>Enrols a robot with a virtual classroom, starts it, and binds it to an ad-hoc session.</summary>
    /// <param name="session">The session's id.</param>
    /// <param name="toneHz">The chime of its classroom, Hz.</param>
    /// <param name="options">More of the agent's options.</param>
    public async Task<RobotProcess> AddRobotAsync(string session, double toneHz = 880, params string[] options)
    {
        var state = Path.Combine(_folder, $"robot-{_robots.Count}");
        var code = (await ChildProcess.RunAsync(Programs.RelayServer, "enroll-code", "--data", DataFolder)).Trim();
        var enrolled = await ChildProcess.RunAsync(Programs.RobotAgent, "enroll", "--relay", RelayUrl.ToString(), "--code", code, "--state", state);
        var name = RobotName().Match(enrolled).Groups[1].Value;
        await BindAsync(session, name);
        var robot = await RobotProcess.StartAsync(name, RelayUrl, state, toneHz, options);
        _robots.Add(robot);
        return robot;
    }

    /// <summary>Gives an ad-hoc session to a robot for an hour.</summary>
    public Task BindAsync(string session, string robotName)
        => ChildProcess.RunAsync(Programs.RelayServer, "token", "--data", DataFolder, "--session", session, "--role", "robot", "--robot", robotName, "--ttl", "1h");

    /// <summary>A fresh link for a pupil of this session; good for one tap.</summary>
    public async Task<string> LinkAsync(string session)
        => Url().Match(await ChildProcess.RunAsync(Programs.RelayServer, "link", "--data", DataFolder, "--session", session)).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var robot in _robots) await robot.DisposeAsync();
        await Relay.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"Relay ready")]
    private static partial Regex RelayReady();

    [GeneratedRegex(@"[Ee]nrolled as (\S+?)[.\s]")]
    private static partial Regex RobotName();

    [GeneratedRegex(@"https?://\S+/join/\S+")]
    private static partial Regex Url();
}

using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A relay and its robots as processes of their own, on free loopback ports, with data that goes when it is disposed.</summary>
public sealed partial class Classroom : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("av1relay-classroom").FullName;
    private readonly int _httpPort = FreePorts.Tcp();
    private readonly int _robotPort = FreePorts.Tcp();
    private readonly int _mediaPort = FreePorts.Udp();
    private readonly List<RobotProcess> _robots = [];
    private bool _traced;
    private string _address = Loopback;

    private Classroom()
    {
    }

    public ChildProcess Relay { get; private set; } = null!; // set by StartAsync, the only way to get one

    public Uri RelayUrl => new($"http://{Loopback}:{_httpPort}/");

    /// <summary>How robots reach the relay.</summary>
    public Uri RelayUrlOfRobots => new($"http://{_address}:{_httpPort}/");

    public string DataFolder => Path.Combine(_folder, "relay");

    public IReadOnlyList<RobotProcess> Robots => _robots;

    /// <summary>Between the relay and all its peers, when asked for.</summary>
    public UdpProxy? MediaProxy { get; private set; }

    /// <param name="behindProxy">Whether media passes <see cref="MediaProxy"/>, so that it can be cut.</param>
    /// <param name="traced">Whether every file that the programs open is listed in <see cref="FilesOpenedForWriting"/>.</param>
    /// <param name="address">Of this machine, where robots on another one reach the relay too.</param>
    public static async Task<Classroom> StartAsync(bool behindProxy = false, bool traced = false, string address = Loopback)
    {
        var classroom = new Classroom { _traced = traced, _address = address };
        if (behindProxy) classroom.MediaProxy = new UdpProxy(classroom._mediaPort);
        await classroom.StartRelayAsync();
        return classroom;
    }

    /// <summary>Starts the relay, the first time or again with the same data and ports, and waits until it listens.</summary>
    public async Task StartRelayAsync()
    {
        string[] publicUrl = _address == Loopback ? [] : ["--public-url", RelayUrlOfRobots.ToString()]; // a relay behind a name keeps /metrics to itself
        string[] arguments =
        [
            "serve", "--data", DataFolder,
            "--urls", string.Join(',', new[] { RelayUrl, RelayUrlOfRobots }.Distinct().Select(url => url.ToString().TrimEnd('/'))),
            "--robot-urls", $"https://{_address}:{_robotPort}", "--media-address", _address, "--media-port", $"{MediaProxy?.Port ?? _mediaPort}",
            "--media-bind", $"{_address}:{_mediaPort}", "--shards", "1",
            "--pages", Path.Combine(Programs.Root, "student-client", "dist"), .. publicUrl,
        ];
        Relay = FileTrace.Start(_traced ? TraceFile("relay") : null, "relay-server", Programs.RelayServer, arguments);
        await Relay.WaitForLineAsync(RelayReady(), Patience);
    }

    /// <summary>Enrols a robot with a virtual classroom, starts it, and binds it to an ad-hoc session.</summary>
    /// <param name="session">The session's id.</param>
    /// <param name="toneHz">The chime of its classroom, Hz.</param>
    /// <param name="options">More of the agent's options.</param>
    public async Task<RobotProcess> AddRobotAsync(string session, double toneHz = 880, params string[] options)
    {
        var state = Path.Combine(_folder, $"robot-{_robots.Count}");
        var code = await EnrolmentCodeAsync();
        var enrolled = await ChildProcess.RunAsync(Programs.RobotAgent, "enroll", "--relay", RelayUrl.ToString(), "--code", code, "--state", state);
        var name = RobotName().Match(enrolled).Groups[1].Value;
        await BindAsync(session, name);
        var robot = await RobotProcess.StartAsync(name, RelayUrl, state, toneHz, _traced ? TraceFile(name) : null, options);
        _robots.Add(robot);
        return robot;
    }

    /// <summary>A code that one robot can enrol with.</summary>
    public async Task<string> EnrolmentCodeAsync() => (await ChildProcess.RunAsync(Programs.RelayServer, "enroll-code", "--data", DataFolder)).Trim();

    /// <summary>Gives an ad-hoc session to a robot for an hour.</summary>
    public Task BindAsync(string session, string robotName)
        => ChildProcess.RunAsync(Programs.RelayServer, "token", "--data", DataFolder, "--session", session, "--role", "robot", "--robot", robotName, "--ttl", "1h");

    /// <summary>A fresh link for a pupil of this session; good for one tap.</summary>
    public async Task<string> LinkAsync(string session)
        => Url().Match(await ChildProcess.RunAsync(Programs.RelayServer, "link", "--data", DataFolder, "--session", session, "--url", RelayUrl.ToString())).Value;

    /// <summary>The files that the traced programs opened so as to write or make them, with what each opened them as.</summary>
    public IReadOnlyList<OpenedFile> FilesOpenedForWriting
        => [.. Directory.GetFiles(_folder, "*.trace").SelectMany(FileTrace.ReadOpenedForWriting)];

    /// <summary>The folder that relay and robots keep their data in; it goes with this object.</summary>
    public string Folder => _folder;

    public async ValueTask DisposeAsync()
    {
        foreach (var robot in _robots) await robot.DisposeAsync();
        await Relay.DisposeAsync();
        if (MediaProxy is not null) await MediaProxy.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string TraceFile(string name) => Path.Combine(_folder, $"{name}.trace");

    [GeneratedRegex(@"Relay ready")]
    private static partial Regex RelayReady();

    [GeneratedRegex(@"[Ee]nrolled as (\S+?)[.\s]")]
    private static partial Regex RobotName();

    [GeneratedRegex(@"https?://\S+/join/\S+")]
    private static partial Regex Url();
}

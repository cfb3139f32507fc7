using System.Text.Json;
using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A relay of its own with an invented authority, and the people who work there.</summary>
public sealed partial class StaffOffice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("av1relay-office").FullName;
    private readonly int _port = FreePorts.Tcp();
    private readonly List<RobotProcess> _robots = [];
    private ChildProcess? _relay;
    private readonly string _host;

    private StaffOffice(string host) => _host = host;

    public Uri Url => new($"http://{_host}:{_port}/");

    public IReadOnlyList<Person> People { get; private set; } = [];

    private string Data => Path.Combine(_folder, "relay");

    /// <param name="seed">What to invent; nothing: two schools with twelve pupils.</param>
    public static Task<StaffOffice> OpenAsync(params string[] seed) => OpenAsync("127.0.0.1", seed, []);

    /// <summary>Under a name: browsers make passkeys for names alone.</summary>
    /// <param name="serve">Further options of the relay.</param>
    public static Task<StaffOffice> OpenByNameAsync(params string[] serve) => OpenAsync("localhost", [], serve);

    private static async Task<StaffOffice> OpenAsync(string host, string[] seed, string[] serve)
    {
        var office = new StaffOffice(host);
        var authority = await InventedAuthority.LikeAsync(seed);
        await authority.CopyToAsync(office.Data);
        office.People = authority.People;
        office._relay = ChildProcess.Start(
            "relay-server", Programs.RelayServer,
            [
                "serve", "--data", office.Data, "--urls", office.Url.ToString().TrimEnd('/'), "--robot-urls", $"https://127.0.0.1:{FreePorts.Tcp()}",
                "--media-address", "127.0.0.1", "--media-port", $"{FreePorts.Udp()}", "--shards", "1",
                "--pages", Path.Combine(Programs.Root, "student-client", "dist"), .. serve,
            ]);
        await office._relay.WaitForLineAsync(Ready(), Patience);
        return office;
    }

    /// <summary>Somebody new, of the whole authority.</summary>
    public async Task<Person> AdministratorAsync() =>
        new((await ChildProcess.RunAsync(Programs.RelayServer, "administrator", "--data", Data, "--name", "Ms Reed")).Trim(), "Administrator", "", "Ms Reed");

    /// <summary>Somebody new, who looks after all robots of the authority.</summary>
    public async Task<Person> TechnicianAsync() =>
        new((await ChildProcess.RunAsync(Programs.RelayServer, "assign", "--data", Data, "--role", "technician")).Trim(), "Technician", "", "");

    /// <summary>The link with which somebody chooses how to sign in.</summary>
    public async Task<string> InviteAsync(Person person, string email)
    {
        ArgumentNullException.ThrowIfNull(person);
        return (await ChildProcess.RunAsync(Programs.RelayServer, "invite", "--data", Data, "--person", person.Id, "--email", email)).Trim();
    }

    /// <summary>Enrols a robot with a simulated body and starts it; it belongs to no school yet, and takes part in no session for tests.</summary>
    public async Task<RobotProcess> RobotAsync()
    {
        var state = Path.Combine(_folder, $"robot-{_robots.Count}");
        var code = (await ChildProcess.RunAsync(Programs.RelayServer, "enroll-code", "--data", Data)).Trim();
        var enrolled = await ChildProcess.RunAsync(Programs.RobotAgent, "enroll", "--relay", Url.ToString(), "--code", code, "--state", state);
        var robot = await RobotProcess.StartAsync(RobotName().Match(enrolled).Groups[1].Value, Url, state, toneHz: 880, traceFile: null);
        _robots.Add(robot);
        return robot;
    }

    /// <summary>A lesson of an invented pupil that begins now, with that robot still to be put in its place.</summary>
    public async Task<Lesson> LessonAsync(RobotProcess robot)
    {
        ArgumentNullException.ThrowIfNull(robot);
        using var json = JsonDocument.Parse(await ChildProcess.RunAsync(
            Programs.RelayServer, "lesson", "--data", Data, "--robot", robot.Name, "--not-placed", "--json"));
        string Read(string name) => json.RootElement.GetProperty(name).GetString()!;
        return new Lesson(Read("session"), Read("url"), Read("school"), Read("room"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var robot in _robots) await robot.DisposeAsync();
        if (_relay is not null) await _relay.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"[Ee]nrolled as (\S+?)[.\s]")]
    private static partial Regex RobotName();

    [GeneratedRegex("^Relay ready:")]
    private static partial Regex Ready();

    /// <param name="Link">The pupil's, good for one tap.</param>
    /// <param name="School">Its name.</param>
    /// <param name="Room">Its name.</param>
    public sealed record Lesson(string Session, string Link, string School, string Room);

    /// <param name="Role">As the command line prints it: <c>Sendco</c>.</param>
    public sealed record Person(string Id, string Role, string School, string Name)
    {
        internal static Person Read(JsonElement json) => new(
            json.GetProperty("id").GetString()!, json.GetProperty("role").GetString()!, json.GetProperty("school").GetString()!, json.GetProperty("name").GetString()!);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A robot's agent with a simulated body, as a process.</summary>
public sealed partial class RobotProcess : IAsyncDisposable
{
    private static readonly string[] SmallPicture = ["--size", "640x360"];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private RobotProcess(string name, string stateFolder, ChildProcess process, Uri page)
    {
        Name = name;
        StateFolder = stateFolder;
        Process = process;
        Page = page;
    }

    public string Name { get; }

    public string StateFolder { get; }

    public ChildProcess Process { get; }

    /// <summary>The robot's own page on loopback.</summary>
    public Uri Page { get; }

    public static async Task<RobotProcess> StartAsync(string name, Uri relay, string stateFolder, double toneHz, string? traceFile, params string[] options)
    {
        var process = FileTrace.Start(
            traceFile, name, Programs.RobotAgent,
            ["run", "--relay", relay.ToString(), "--state", stateFolder, "--simulate", "--microphone", $"test:{toneHz.ToString(CultureInfo.InvariantCulture)}",
             "--speaker", "meter", "--page", "127.0.0.1:0", .. options.Contains("--size") ? [] : SmallPicture, .. options]);
        var page = await process.WaitForLineAsync(RobotPage(), TimeSpan.FromSeconds(30));
        return new(name, stateFolder, process, new Uri(page.Groups[1].Value));
    }

    public Task<RobotState> StateAsync() => RobotState.ReadAsync(_http, Page, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _http.Dispose();
    }

    [GeneratedRegex(@"Robot page: (http://\S+)")]
    private static partial Regex RobotPage();
}

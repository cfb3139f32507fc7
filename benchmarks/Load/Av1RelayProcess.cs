using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Load;

/// <summary>This project's relay as its users start it, with ad-hoc sessions for every room.</summary>
internal sealed partial class Av1RelayProcess : IRelayUnderTest
{
    private const string Prefix = "load";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly ChildProcess _process;

    private Av1RelayProcess(string folder, ChildProcess process, WhipConnection connection)
    {
        _folder = folder;
        _process = process;
        WhipConnection = connection;
    }

    public string Name => "AV1Relay";

    public RelayKind Kind => RelayKind.Av1Relay;

    public int ProcessId => _process.Id;

    public WhipConnection WhipConnection { get; }

    public JsonElement Connection => WhipConnection.ToJson();

    /// <param name="address">Where the relay's media sockets bind.</param>
    /// <param name="options">More options of <c>serve</c>.</param>
    public static async Task<Av1RelayProcess> StartAsync(string address, int rooms, params IEnumerable<string> options)
    {
        var folder = Directory.CreateTempSubdirectory("av1relay-load").FullName;
        var data = Path.Combine(folder, "relay");
        var url = new Uri($"http://127.0.0.1:{FreePorts.Tcp()}/");
        var mediaPort = FreePorts.Udp().ToString(CultureInfo.InvariantCulture);
        var process = ChildProcess.Start(
            "relay-server", Programs.RelayServer,
            ["serve", "--data", data, "--urls", url.ToString().TrimEnd('/'), "--robot-urls", $"https://127.0.0.1:{FreePorts.Tcp()}",
            "--media-address", address, "--media-port", mediaPort, .. options]);
        try
        {
            await process.WaitForLineAsync(Ready(), Patience);
            var connection = new WhipConnection(url, Prefix, await TokensAsync("robot"), await TokensAsync("pupil"), await TokensAsync("observer"));
            return new Av1RelayProcess(folder, process, connection);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

        async Task<IReadOnlyList<string>> TokensAsync(string role)
        {
            var output = await ChildProcess.RunAsync(
                Programs.RelayServer, "token", "--data", data, "--session", Prefix, "--role", role, "--ttl", "3h",
                "--count", rooms.ToString(CultureInfo.InvariantCulture));
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("Relay ready")]
    private static partial Regex Ready();
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AV1Relay.Benchmarks.Load;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>Debian's Janus with its own settings, but for what it loads and prints: the VideoRoom, the HTTP API, no log, no recording.</summary>
internal sealed class JanusProcess : IRelayUnderTest
{
    private const string Program = "janus";
    private const string FolderPrefix = "av1relay-janus-";
    private const string OwnerFile = "owner"; // our process id
    private const string ProcessFile = "pid"; // Janus'
    private static readonly string[] ProgramFolders = ["/usr/bin", "/usr/local/bin"];
    private static readonly string[] ModuleKinds = ["plugins", "transports", "events", "loggers"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly string _folder;
    private readonly ChildProcess _process;

    private JanusProcess(string folder, ChildProcess process, JanusConnection connection)
    {
        _folder = folder;
        _process = process;
        JanusConnection = connection;
    }

    public string Name => "Janus";

    public RelayKind Kind => RelayKind.Janus;

    public int ProcessId => _process.Id;

    public JanusConnection JanusConnection { get; }

    public JsonElement Connection => JsonSerializer.SerializeToElement(JanusConnection);

    /// <summary>Installs the distribution's package where it is missing and we may.</summary>
    /// <exception cref="InvalidOperationException">It can't be installed; says what to do.</exception>
    public static async Task InstallAsync()
    {
        if (FindProgram() is not null) return;
        try
        {
            await Console.Error.WriteLineAsync("Installing Janus (apt-get install janus) ...");
            await ChildProcess.RunAsync("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "janus");
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            throw new InvalidOperationException($"Janus is not installed, and could not be: apt-get install janus. {problem.Message}", problem);
        }
    }

    /// <param name="address">Where its media sockets bind; not a loopback address.</param>
    public static async Task<JanusProcess> StartAsync(string address, CancellationToken cancellationToken)
    {
        RemoveLeftovers();
        var folder = Directory.CreateTempSubdirectory(FolderPrefix).FullName;
        var port = FreePorts.Tcp();
        await WriteSettingsAsync(folder, address, port, cancellationToken);
        var process = ChildProcess.Start(
            Program, FindProgram() ?? throw new InvalidOperationException("Janus is not installed: apt-get install janus."),
            "--configs-folder", folder, "--config", Path.Combine(folder, "janus.jcfg"), "--disable-colors");
        var janus = new JanusProcess(folder, process, new JanusConnection(new Uri($"http://127.0.0.1:{port}/janus")));
        try
        {
            // Not Janus' own --pid-file, which it keeps locked.
            await File.WriteAllTextAsync(Path.Combine(folder, ProcessFile), process.Id.ToString(CultureInfo.InvariantCulture), cancellationToken);
            await janus.WaitUntilReadyAsync(cancellationToken);
            return janus;
        }
        catch
        {
            await janus.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends what a run that was killed has left behind.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{FolderPrefix}*"))
        {
            if (NumberIn(OwnerFile) is not { } owner || Directory.Exists($"/proc/{owner}")) continue;
            if (NumberIn(ProcessFile) is { } left && File.Exists($"/proc/{left}/cmdline")
                && File.ReadAllText($"/proc/{left}/cmdline").Contains(folder, StringComparison.Ordinal))
            {
                using var process = Process.GetProcessById(left);
                process.Kill();
            }

            Directory.Delete(folder, recursive: true);

            int? NumberIn(string file)
                => int.TryParse(File.Exists(Path.Combine(folder, file)) ? File.ReadAllText(Path.Combine(folder, file)) : "", out var number) ? number : null;
        }
    }

    private static string? FindProgram()
        => ProgramFolders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

    private static async Task WriteSettingsAsync(string folder, string address, int port, CancellationToken cancellationToken)
    {
        // Of each kind of module only what is used: a folder with a link to it.
        var modules = Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(library => Path.Combine(library, "janus")).FirstOrDefault(Directory.Exists)
            ?? throw new InvalidOperationException("Janus' plugins are not where its package puts them (/usr/lib/*/janus).");
        foreach (var kind in ModuleKinds) Directory.CreateDirectory(Path.Combine(folder, kind));
        File.CreateSymbolicLink(Path.Combine(folder, "plugins", "libjanus_videoroom.so"), Path.Combine(modules, "plugins", "libjanus_videoroom.so"));
        File.CreateSymbolicLink(Path.Combine(folder, "transports", "libjanus_http.so"), Path.Combine(modules, "transports", "libjanus_http.so"));
        await WriteAsync("janus.jcfg", $$"""
            general: {
              configs_folder = "{{folder}}"
              plugins_folder = "{{folder}}/plugins"
              transports_folder = "{{folder}}/transports"
              events_folder = "{{folder}}/events"
              loggers_folder = "{{folder}}/loggers"
              debug_level = 2
              session_timeout = 0
            }
            nat: {
              ice_enforce_list = "{{address}}"
            }
            """);
        await WriteAsync("janus.transport.http.jcfg", string.Create(CultureInfo.InvariantCulture, $$"""
            general: {
              json = "compact"
              base_path = "/janus"
              http = true
              ip = "127.0.0.1"
              port = {{port}}
              https = false
            }
            admin: {
              admin_http = false
              admin_https = false
            }
            """));
        await WriteAsync("janus.plugin.videoroom.jcfg", "general: {\n}\n");
        await WriteAsync(OwnerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        using var http = new HttpClient();
        for (var startedAt = time.GetTimestamp(); ; await Task.Delay(Poll, time, cancellationToken))
        {
            if (_process.HasExited) throw new InvalidOperationException(_process.Describe("ended at once"));
            if (time.GetElapsedTime(startedAt) > Patience) throw new InvalidOperationException(_process.Describe("did not come up"));
            try
            {
                using var answer = await http.GetAsync(new Uri($"{JanusConnection.Url}/info"), cancellationToken);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }
}

/// <summary>Where the HTTP API is.</summary>
internal sealed record JanusConnection(Uri Url);

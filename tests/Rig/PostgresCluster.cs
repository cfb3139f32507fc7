using System.Diagnostics;
using System.Globalization;

namespace AV1Relay.Tests.Rig;

/// <summary>A throw-away PostgreSQL server: made in a temporary folder, on a free port of the loopback interface, gone when disposed.</summary>
/// <remarks>Its programs are Debian's (package <c>postgresql</c>). They refuse to run as root, and then run as Debian's user <c>postgres</c>.</remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string ServerUser = "postgres";
    private readonly string _folder;
    private readonly string _programs;
    private int _databases;

    private PostgresCluster(string folder, string programs, int port) => (_folder, _programs, Port) = (folder, programs, port);

    public int Port { get; }

    /// <summary>Makes and starts one; takes some two seconds.</summary>
    /// <param name="isDurable">It waits for the disk, as a server in earnest does: for measuring. Tests don't need that.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or did not start; in words.</exception>
    public static async Task<PostgresCluster> StartAsync(bool isDurable = false)
    {
        var programs = FindPrograms() ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql.");
        var folder = Directory.CreateTempSubdirectory("av1relay-postgres").FullName;
        if (IsRoot) await ChildProcess.RunAsync("chown", ServerUser, folder);
        var cluster = new PostgresCluster(folder, programs, FreePorts.Tcp());
        try
        {
            var data = Path.Combine(folder, "data");
            await cluster.RunAsync("initdb", "--pgdata", data, "--username", ServerUser, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");
            // Nothing here outlives a power cut: what makes the disk wait is switched off, unless that is measured.
            var safety = isDurable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
            var options = string.Create(
                CultureInfo.InvariantCulture,
                $"-c listen_addresses=127.0.0.1 -c port={cluster.Port} -c unix_socket_directories='{folder}'{safety} -c max_connections=200");
            await cluster.RunAsync("pg_ctl", "--pgdata", data, "--wait", "--log", Path.Combine(folder, "log"), "--options", options, "start");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>Its connection string, in Npgsql's form.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsync("createdb", "--host", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--username", ServerUser, name);
        return $"Host=127.0.0.1;Port={Port};Database={name};Username={ServerUser}";
    }

    public async ValueTask DisposeAsync()
    {
        var data = Path.Combine(_folder, "data");
        if (File.Exists(Path.Combine(data, "postmaster.pid"))) await RunAsync("pg_ctl", "--pgdata", data, "--mode", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string? FindPrograms()
        => Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;

    private async Task RunAsync(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_programs, program), .. arguments];
        if (IsRoot) command = ["setpriv", "--reuid", ServerUser, "--regid", ServerUser, "--init-groups", .. command];
        // Into a file, not to us: the server that pg_ctl leaves behind would keep pipes open.
        var output = Path.Combine(_folder, $"{program}.{Guid.NewGuid():N}");
        var start = new ProcessStartInfo("sh", ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, .. command]) { WorkingDirectory = _folder };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {(File.Exists(output) ? await File.ReadAllTextAsync(output) : "")}");
    }
}

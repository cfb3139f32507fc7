using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using AV1Relay.Tests.Rig;

namespace AV1Relay.Tests.HardwareInLoop;

/// <summary>A computer with the reference robot's devices: a User-Mode Linux kernel, this machine's files (to read), and a workbench that moves
/// switches, reads lights and servos, and starts the agent. It is a process and ends with this object.</summary>
public sealed partial class EmulatedRobot : IAsyncDisposable
{
    /// <summary>This machine's address on the wire to the robot.</summary>
    public const string HostAddress = "10.231.0.1";

    private const string GuestAddress = "10.231.0.2";
    private const string Wire = "tap-robot";
    private const int WorkbenchPort = 7000;
    private const string KernelVariable = "AV1RELAY_UML"; // set by run.sh
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ChildProcess _kernel;
    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    private EmulatedRobot(ChildProcess kernel, TcpClient client)
    {
        (_kernel, _client) = (kernel, client);
        _reader = new(client.GetStream());
        _writer = new(client.GetStream()) { AutoFlush = true };
    }

    /// <summary>What the kernel and the workbench printed.</summary>
    public IReadOnlyList<string> Console => _kernel.Lines;

    /// <exception cref="InvalidOperationException">The kernel is not built, or this is not a network of its own: the message says what to do.</exception>
    public static async Task<EmulatedRobot> BootAsync()
    {
        var folder = Environment.GetEnvironmentVariable(KernelVariable)
            ?? throw new InvalidOperationException($"{KernelVariable} is not set: start these tests by tests/HardwareInLoop/run.sh, which builds the kernel and makes the network.");
        await ChildProcess.RunAsync("ip", "tuntap", "add", "dev", Wire, "mode", "tap");
        await ChildProcess.RunAsync("ip", "address", "add", $"{HostAddress}/24", "dev", Wire);
        await ChildProcess.RunAsync("ip", "link", "set", Wire, "up");
        var kernel = ChildProcess.Start(
            "the emulated robot", "chrt", "--rr", "1", "taskset", "--cpu-list", $"{Environment.ProcessorCount - 1}", Path.Combine(folder, "linux"), "mem=1536M", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "quiet",
            "con=null", "con0=null,fd:1", $"vec0:transport=tap,ifname={Wire},depth=64,gro=1", $"init={Path.Combine(Programs.Root, "tests/HardwareInLoop/guest/init.sh")}",
            $"MODULES={folder}", $"WORKBENCH={Programs.Workbench}", $"ADDRESS={GuestAddress}", $"PORT={WorkbenchPort}", $"SEED={RandomNumberGenerator.GetHexString(128)}",
            $"DOTNET_ROOT={Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))))}");
        try
        {
            await kernel.WaitForLineAsync(Ready(), BootPatience);
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(GuestAddress, WorkbenchPort);
            return new(kernel, client);
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the workbench: see its <c>Bench.DoAsync</c> for the words.</summary>
    /// <exception cref="InvalidOperationException">It could not do it; the message is its own.</exception>
    public async Task<T?> AskAsync<T>(params string[] words)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            await _writer.WriteLineAsync(JsonSerializer.Serialize(words));
            var line = await _reader.ReadLineAsync() ?? throw new InvalidOperationException(_kernel.Describe("has gone"));
            var answer = JsonDocument.Parse(line).RootElement;
            return answer.TryGetProperty("problem", out var problem)
                ? throw new InvalidOperationException($"{string.Join(' ', words)}: {problem.GetString()}")
                : answer.GetProperty("told").Deserialize<T>(Json);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Tells the workbench to do something.</summary>
    public Task DoAsync(params string[] words) => AskAsync<object>(words);

    /// <summary>Waits until something is as it should be.</summary>
    /// <exception cref="TimeoutException">It did not come to be; the message has the agent's last lines.</exception>
    public async Task WaitUntilAsync(Func<Task<bool>> condition, TimeSpan patience, string what)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > patience)
                throw new TimeoutException($"Waited {patience.TotalSeconds} s for {what}. The agent's last lines:\n{await LastLinesAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task<string> LastLinesAsync()
    {
        try
        {
            return string.Join('\n', (await AskAsync<string[]>("output", "agent") ?? []).TakeLast(25));
        }
        catch (InvalidOperationException)
        {
            return "(no agent runs)";
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose(); // the workbench switches its machine off
        await _kernel.DisposeAsync();
        await ChildProcess.RunAsync("ip", "tuntap", "del", "dev", Wire, "mode", "tap");
        _oneAtATime.Dispose();
    }

    [GeneratedRegex("the workbench is ready")]
    private static partial Regex Ready();
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AV1Relay.Benchmarks.Load;
using AV1Relay.Tests.Rig;
using AV1Relay.WebRtc;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>forwarder.c as a child process: what the SRTP arithmetic and the system calls cost with nothing around them.</summary>
internal sealed partial class BareForwarder : IRelayUnderTest
{
    private readonly Process _process;

    private BareForwarder(Process process, BareConnection connection)
    {
        _process = process;
        BareConnection = connection;
    }

    public string Name => "bare";

    public RelayKind Kind => RelayKind.BareForwarder;

    public int ProcessId => _process.Id;

    public BareConnection BareConnection { get; }

    public JsonElement Connection => JsonSerializer.SerializeToElement(BareConnection);

    /// <summary>Compiles the forwarder where that hasn't been done for this source, and starts it.</summary>
    /// <exception cref="InvalidOperationException">No compiler or no OpenSSL headers, or it does not start; says what to do.</exception>
    public static async Task<BareForwarder> StartAsync(string address, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(await BuildAsync())
        {
            RedirectStandardInput = true, // it lives as long as this stays open
            RedirectStandardOutput = true,
            ArgumentList = { address },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The bare forwarder did not start.");
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? "";
        if (PortsLine().Match(line) is not { Success: true } ports)
        {
            process.Dispose();
            throw new InvalidOperationException($"The bare forwarder did not start on {address}: '{line}'.");
        }

        return new BareForwarder(process, new BareConnection(address, NumberOf(ports.Groups[1]), NumberOf(ports.Groups[2])));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int NumberOf(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static async Task<string> BuildAsync()
    {
        var source = new FileInfo(Path.Combine(Programs.Root, "benchmarks", "Peers", "forwarder.c"));
        var program = new FileInfo(Path.Combine(Programs.Root, "artifacts", "peers", "forwarder"));
        if (program.Exists && program.LastWriteTimeUtc > source.LastWriteTimeUtc) return program.FullName;
        Directory.CreateDirectory(program.DirectoryName!); // a file's path has a folder
        try
        {
            await ChildProcess.RunAsync("cc", "-O2", "-o", program.FullName, source.FullName, "-lcrypto", "-lpthread");
        }
        catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException(
                $"The bare forwarder can't be compiled; it needs a C compiler and OpenSSL's headers (apt-get install gcc libssl-dev). {problem.Message}", problem);
        }

        return program.FullName;
    }

    [GeneratedRegex("^media ([0-9]+) control ([0-9]+)$")]
    private static partial Regex PortsLine();
}

/// <summary>Where a forwarder is, for whoever drives it from another process.</summary>
/// <param name="ControlPort">On 127.0.0.1.</param>
internal sealed record BareConnection(string Address, int MediaPort, int ControlPort)
{
    [JsonIgnore]
    public TransportAddress Media => TransportAddress.From(new IPEndPoint(IPAddress.Parse(Address), MediaPort));
}

/// <summary>Tells a forwarder what goes where. Master keys are 16 bytes, salts 12 (RFC 7714).</summary>
internal sealed class BareControl : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly byte[] _answer = new byte[256];

    public BareControl(BareConnection connection) => _socket.Connect(IPAddress.Loopback, connection.ControlPort);

    public Task AddSourceAsync(uint ssrc, byte[] key, byte[] salt, CancellationToken cancellationToken)
        => AskAsync($"route {ssrc} {Convert.ToHexString(key)} {Convert.ToHexString(salt)}", cancellationToken);

    public Task AddSubscriberAsync(uint ssrc, byte[] key, byte[] salt, IPEndPoint to, CancellationToken cancellationToken)
        => AskAsync($"to {ssrc} {Convert.ToHexString(key)} {Convert.ToHexString(salt)} {to.Address} {to.Port}", cancellationToken);

    /// <summary>Packets that came, that went, and that nobody was to have.</summary>
    public async Task<(long In, long Out, long Refused)> CountAsync(CancellationToken cancellationToken)
    {
        var words = (await AskAsync($"count", cancellationToken)).Split(' ');
        return (Parse(words[1]), Parse(words[2]), Parse(words[3]));

        static long Parse(string word) => long.Parse(word, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _turn.Dispose();
    }

    private async Task<string> AskAsync(FormattableString command, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(Encoding.ASCII.GetBytes(command.ToString(CultureInfo.InvariantCulture)), cancellationToken);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Patience);
            var answer = Encoding.ASCII.GetString(_answer, 0, await _socket.ReceiveAsync(_answer, deadline.Token));
            return answer.StartsWith("ok", StringComparison.Ordinal)
                ? answer
                : throw new InvalidOperationException($"The bare forwarder refused: {answer}.");
        }
        finally
        {
            _turn.Release();
        }
    }
}

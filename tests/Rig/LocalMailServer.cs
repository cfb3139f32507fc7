using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A mail server on loopback, in a process of its own, with a certificate that it made out itself; until it is started nobody answers there.</summary>
public sealed partial class LocalMailServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-mail");
    private readonly string _tls;
    private readonly (string User, string Password)? _signIn;
    private readonly List<TakenMail> _before = [];
    private ChildProcess? _process;

    /// <param name="tls">As the relay's <c>--smtp-tls</c> says it.</param>
    /// <param name="name">What its certificate is made out for.</param>
    public LocalMailServer(string tls = "starttls", (string User, string Password)? signIn = null, string name = "localhost")
    {
        (_tls, _signIn) = (tls, signIn);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public int Port { get; } = FreePorts.Tcp();

    public string CertificateFile => Path.Combine(_folder.FullName, "certificate.pem");

    private string KeyFile => Path.Combine(_folder.FullName, "key.pem");

    /// <summary>What it has taken so far, in order, over all of its lives.</summary>
    public IReadOnlyList<TakenMail> Mails => [.. _before, .. Taken()];

    public async Task StartAsync()
    {
        string[] arguments = [Port.ToString(CultureInfo.InvariantCulture), _tls, CertificateFile, KeyFile, .. _signIn is { } who ? [who.User, who.Password] : Array.Empty<string>()];
        _process = ChildProcess.Start("mail-server", Programs.MailServer, arguments);
        await _process.WaitForLineAsync(Ready(), Patience);
        while (!await AnswersAsync()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System); // it says that it is ready before it listens
    }

    /// <summary>Until it has taken so many mails.</summary>
    /// <exception cref="OperationCanceledException">It has not, within a minute.</exception>
    public async Task TakesAsync(int mails)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        while (Mails.Count < mails) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, late.Token);
    }

    public async Task StopAsync()
    {
        if (_process is null) return;
        await _process.StopAsync(TimeSpan.FromSeconds(5));
        _before.AddRange(Taken());
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private IEnumerable<TakenMail> Taken() => _process is null
        ? []
        : _process.Lines.Select(line => Mail().Match(line)).Where(found => found.Success)
            .Select(found => TakenMail.Read(found.Groups[1].Value, found.Groups[2].Value == "tls", Convert.FromBase64String(found.Groups[3].Value)));

    [GeneratedRegex("^Mail server ready:")]
    private static partial Regex Ready();

    [GeneratedRegex("^Mail: (\\S+) (tls|clear) (\\S+)$")]
    private static partial Regex Mail();
}

/// <param name="Headers">As they were sent, unfolded.</param>
/// <param name="Text">As its reader sees it.</param>
public sealed record TakenMail(string To, bool IsEncrypted, string Headers, string Text)
{
    /// <summary>Empty: there is none.</summary>
    public string Header(string name) => Regex.Match(Headers, $"^{Regex.Escape(name)}: (.*)$", RegexOptions.Multiline).Groups[1].Value.TrimEnd('\r');

    internal static TakenMail Read(string to, bool isEncrypted, byte[] raw)
    {
        var whole = Encoding.UTF8.GetString(raw);
        var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, text) = (Regex.Replace(whole[..end], "\r\n[ \t]+", " "), whole[(end + 4)..]);
        if (head.Contains("quoted-printable", StringComparison.Ordinal))
        {
            var bytes = Regex.Replace(text, "=\r\n", "");
            text = Encoding.UTF8.GetString([.. Bytes(bytes)]);
        }

        return new TakenMail(to, isEncrypted, head, text.ReplaceLineEndings("\n"));
    }

    private static IEnumerable<byte> Bytes(string quoted)
    {
        for (var at = 0; at < quoted.Length; at++)
        {
            if (quoted[at] == '=')
            {
                yield return byte.Parse(quoted.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                at += 2;
            }
            else
            {
                yield return (byte)quoted[at];
            }
        }
    }
}

using System.Text.RegularExpressions;

namespace AV1Relay.Tests.Rig;

/// <summary>A school's own sign-in by OpenID Connect, in a process of its own; until it is started nobody answers there.</summary>
public sealed partial class SchoolProvider : IAsyncDisposable
{
    private const string ClientId = "av1relay";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _secretFile = Path.GetTempFileName(); // readable by this account alone
    private readonly string _secret = Guid.NewGuid().ToString();
    private readonly string _url = $"http://localhost:{FreePorts.Tcp()}";
    private ChildProcess? _process;

    public SchoolProvider() => File.WriteAllText(_secretFile, _secret);

    /// <summary>What tells a relay of it.</summary>
    public string[] Options => ["--oidc-authority", _url, "--oidc-client-id", ClientId, "--oidc-client-secret-file", _secretFile, "--oidc-name", "Ashgrove"];

    /// <param name="relay">Whose people it signs in.</param>
    public async Task StartAsync(Uri relay)
    {
        _process = ChildProcess.Start(
            "openid-provider", Programs.OpenIdProvider, _url, ClientId, _secret, new Uri(relay, "/staff/school/callback").ToString(), new Uri(relay, "/staff/school/signed-out").ToString());
        await _process.WaitForLineAsync(Ready(), Patience);
        using var http = new HttpClient { Timeout = Patience };
        foreach (var page in new[] { ".well-known/openid-configuration", ".well-known/jwks" })
            await http.GetStringAsync(new Uri($"{_url}/{page}")); // its first answers take longest: a relay waits for ten seconds
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        File.Delete(_secretFile);
    }

    [GeneratedRegex("^Provider ready:")]
    private static partial Regex Ready();
}

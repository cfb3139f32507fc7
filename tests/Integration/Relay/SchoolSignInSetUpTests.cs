using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>A technician sets the schools' own sign-in up: what is wrong is said in words, by the options and by the doctor.</summary>
public sealed class SchoolSignInSetUpTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("av1relay-school");
    private WebApplication _provider = null!; // set by InitializeAsync
    private RunningRelay _relay = null!; // likewise
    private string _document = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Url => _provider.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _provider = builder.Build();
        _provider.MapGet("/.well-known/openid-configuration", () => Results.Content(_document, "application/json"));
        _provider.MapGet("/keys", () => Results.Content("""{"keys":[{"kty":"RSA"}]}""", "application/json"));
        _provider.MapGet("/no-keys", () => Results.Content("""{"keys":[]}""", "application/json"));
        await _provider.StartAsync(Cancellation);
        _relay = await RunningRelay.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _provider.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_provider_with_all_that_is_needed_is_well_and_the_addresses_to_enter_there_are_said()
    {
        _document = DocumentWith();

        var (well, words) = await DoctorAsync();

        Assert.True(well, words);
        Assert.Contains($"good school sign-in: Ashgrove: {Url}/ answers, with all that is needed.", words, StringComparison.Ordinal);
        Assert.Contains("https://relay.example.org/staff/school/callback (redirect) and https://relay.example.org/staff/school/signed-out", words, StringComparison.Ordinal);
        Assert.Contains("note school sign-in: The provider has no address for signing out", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issuer", "https://elsewhere.example", "calls itself https://elsewhere.example: give that as --oidc-authority")]
    [InlineData("issuer", "https://login.example/{tenantid}/v2.0", "stands for every organisation, not for yours")]
    [InlineData("token_endpoint", "", "publishes no token_endpoint")]
    [InlineData("authorization_endpoint", "http://login.example/authorize", "authorization_endpoint is not https")]
    [InlineData("response", "id_token", "does not offer the authorization code flow")]
    [InlineData("challenge", "plain", "does not offer PKCE with S256")]
    [InlineData("keys", "no-keys", "holds no keys")]
    public async Task What_a_provider_lacks_is_said(string what, string isNow, string said)
    {
        _document = DocumentWith(what, isNow);

        var (well, words) = await DoctorAsync();

        Assert.False(well);
        Assert.Contains(said, words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", "answers with something else than it should")]
    [InlineData("[]", "calls itself nothing")]
    public async Task Something_else_at_its_address_is_said(string document, string said)
    {
        _document = document;

        var (well, words) = await DoctorAsync();

        Assert.False(well);
        Assert.Contains(said, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_said()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nobody = $"http://{closed.LocalEndpoint}";
        closed.Stop();

        var (well, words) = await DoctorAsync(nobody);

        Assert.False(well);
        Assert.Contains($"{nobody}/.well-known/openid-configuration does not answer", words, StringComparison.Ordinal);
        Assert.Contains("DNS, firewall, proxy", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("go together: give all three, or none", "--oidc-authority", "https://login.example")]
    [InlineData("so it starts with https://", "--oidc-authority", "http://login.example", "--oidc-client-id", "a", "--oidc-client-secret-file", "SECRET")]
    [InlineData("is not a URL such as", "--oidc-authority", "login.example", "--oidc-client-id", "a", "--oidc-client-secret-file", "SECRET")]
    [InlineData("is empty: write the provider's secret", "--oidc-authority", "https://login.example", "--oidc-client-id", "a", "--oidc-client-secret-file", "EMPTY")]
    [InlineData("others can read it", "--oidc-authority", "https://login.example", "--oidc-client-id", "a", "--oidc-client-secret-file", "OPEN")]
    [InlineData("can't be read", "--oidc-authority", "https://login.example", "--oidc-client-id", "a", "--oidc-client-secret-file", "MISSING")]
    public async Task A_wrong_setting_stops_the_relay_with_its_name(string said, params string[] options)
    {
        Write("SECRET", "s3cret", forOthers: false);
        Write("EMPTY", "", forOthers: false);
        Write("OPEN", "s3cret", forOthers: true);

        var (exitCode, _, error) = await _relay.TryRunAsync(
            ["serve", .. options.Select(option => option is "SECRET" or "EMPTY" or "OPEN" or "MISSING" ? Path.Combine(_folder.FullName, option) : option)]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    private async Task<(bool IsWell, string Words)> DoctorAsync(string? authority = null)
    {
        var secret = Write("secret", "s3cret", forOthers: false);
        var (_, output, _) = await _relay.TryRunAsync(
            "doctor", "--public-url", "https://relay.example.org", "--oidc-authority", authority ?? Url, "--oidc-client-id", "av1relay",
            "--oidc-client-secret-file", secret, "--oidc-name", "Ashgrove");
        var words = string.Join('\n', output.Split('\n').Where(line => line.Contains("school sign-in", StringComparison.Ordinal))); // the pupil's pages may not be built here
        return (!words.Contains("bad ", StringComparison.Ordinal), words);
    }

    private string Write(string name, string text, bool forOthers)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | (forOthers ? UnixFileMode.OtherRead : UnixFileMode.None));
        return file;
    }

    private string DocumentWith(string what = "", string isNow = "")
    {
        string As(string name, string usual) => what == name ? isNow : usual;
        return $$"""
            {
              "issuer": "{{As("issuer", Url)}}", "authorization_endpoint": "{{As("authorization_endpoint", Url + "/authorize")}}",
              "token_endpoint": "{{As("token_endpoint", Url + "/token")}}", "jwks_uri": "{{Url}}/{{As("keys", "keys")}}",
              "response_types_supported": ["{{As("response", "code")}}"], "code_challenge_methods_supported": ["{{As("challenge", "S256")}}"]
            }
            """;
    }
}

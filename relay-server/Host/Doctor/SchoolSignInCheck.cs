using System.Text.Json;
using AV1Relay.StaffConsole.SignIn;

namespace AV1Relay.RelayServer.Doctor;

/// <summary>Whether the schools' own sign-in can work: what its provider publishes about itself (OpenID Connect Discovery 1.0), and what has to be entered there.</summary>
internal static class SchoolSignInCheck
{
    private const string Name = "school sign-in";
    private const int MostBytes = 256 * 1024; // such documents have some kilobytes
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    // What a sign-in asks of it, and reads as addresses.
    private static readonly string[] Addresses = ["authorization_endpoint", "token_endpoint", "jwks_uri"];

    /// <param name="pages">How the outside reaches the pages.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(SchoolSignInSettings settings, string pages, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = AnswersWithin, MaxResponseContentBufferSize = MostBytes };
        var findings = new List<Finding>();
        using var discovery = await FetchAsync(http, settings.DiscoveryDocument, findings, cancellationToken);
        if (discovery is not null)
        {
            Check(settings, discovery.RootElement, findings);
            if (AddressOf(discovery.RootElement, "jwks_uri") is { } keysAt)
            {
                using var keys = await FetchAsync(http, keysAt, findings, cancellationToken);
                if (keys is not null && !(keys.RootElement.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0))
                    findings.Add(Bad($"{keysAt} holds no keys, so nothing that the provider says can be checked: tell whoever runs it."));
            }

            if (findings.Count == 0) findings.Add(new Finding(Name, Grade.Good, $"{settings.Name}: {settings.Authority} answers, with all that is needed."));
            if (AddressOf(discovery.RootElement, "end_session_endpoint") is null)
                findings.Add(new Finding(Name, Grade.Note, "The provider has no address for signing out: on computers that several people use, they sign out at its own pages."));
        }

        findings.Add(new Finding(
            Name, Grade.Note,
            $"These two have to be entered at the provider, exactly: {pages}{SchoolSignInSettings.CallbackPath} (redirect) and {pages}{SchoolSignInSettings.SignedOutPath} (after signing out)."));
        if (!pages.StartsWith("https://", StringComparison.Ordinal) && !new Uri(pages).IsLoopback)
            findings.Add(Bad($"{pages} is not https, and providers send nobody back there: give --public-url https://NAME."));
        return findings;
    }

    private static void Check(SchoolSignInSettings settings, JsonElement document, List<Finding> findings)
    {
        var issuer = Text(document, "issuer");
        if (issuer?.TrimEnd('/') != settings.Authority.AbsoluteUri.TrimEnd('/'))
        {
            findings.Add(Bad(issuer?.Contains('{', StringComparison.Ordinal) is true
                ? $"{settings.Authority} stands for every organisation, not for yours: give --oidc-authority with the id of your tenant in it."
                : $"The provider calls itself {issuer ?? "nothing"}: give that as --oidc-authority."));
        }

        foreach (var name in Addresses.Where(name => AddressOf(document, name) is null))
            findings.Add(Bad($"The provider publishes no {name}: look whether --oidc-authority is right."));
        foreach (var name in Addresses.Where(name => AddressOf(document, name) is { Scheme: "http", IsLoopback: false }))
            findings.Add(Bad($"The provider's {name} is not https: what it says could be changed on the way. Tell whoever runs it."));
        if (!Lists(document, "response_types_supported", "code"))
            findings.Add(Bad("The provider does not offer the authorization code flow (response type code): turn it on there for this relay."));
        if (document.ValueKind != JsonValueKind.Object) return;
        if (document.TryGetProperty("code_challenge_methods_supported", out _) && !Lists(document, "code_challenge_methods_supported", "S256"))
            findings.Add(Bad("The provider does not offer PKCE with S256, which this relay insists on."));
        if (settings.TrustsVerifiedEmail && document.TryGetProperty("claims_supported", out _) && !Lists(document, "claims_supported", "email_verified"))
            findings.Add(new Finding(Name, Grade.Note, "--oidc-trust-verified-email has no effect: the provider does not say email_verified. People open their invitation's link."));
    }

    private static async Task<JsonDocument?> FetchAsync(HttpClient http, Uri address, List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            return JsonDocument.Parse(await http.GetByteArrayAsync(address, cancellationToken));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            findings.Add(Bad($"{address} does not answer ({failure.Message}): check the address, and that this machine may reach it (DNS, firewall, proxy)."));
        }
        catch (JsonException)
        {
            findings.Add(Bad($"{address} answers with something else than it should: check --oidc-authority."));
        }

        return null;
    }

    private static Finding Bad(string words) => new(Name, Grade.Bad, words);

    private static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Uri? AddressOf(JsonElement document, string name) => Uri.TryCreate(Text(document, name), UriKind.Absolute, out var address) ? address : null;

    private static bool Lists(JsonElement document, string name, string wanted) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
        && values.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.String && value.GetString() == wanted);
}

using System.CommandLine;
using AV1Relay.StaffConsole.SignIn;

namespace AV1Relay.RelayServer.Commands;

/// <summary>The options of the schools' own sign-in to the staff's pages, by OpenID Connect.</summary>
internal sealed class SchoolSignInOptions
{
    private const int LongestName = 40;

    private readonly Option<string?> _authority = new("--oidc-authority")
    {
        Description = "The schools' own sign-in by OpenID Connect, such as https://login.microsoftonline.com/TENANT/v2.0: its issuer; https, or http on this machine.",
        HelpName = "URL",
    };

    private readonly Option<string?> _clientId = new("--oidc-client-id") { Description = "As that provider names this relay.", HelpName = "ID" };

    private readonly Option<string?> _secretFile = new("--oidc-client-secret-file")
    {
        Description = "File with the secret that the provider gave for this relay, on its first line; readable by the relay's account alone.",
        HelpName = "FILE",
    };

    private readonly Option<string> _name = new("--oidc-name")
    {
        Description = "What people call it: Sign in with NAME.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "your school account",
    };

    private readonly Option<bool> _trustsEmail = new("--oidc-trust-verified-email")
    {
        Description = "Let who is invited and has not come yet in by the address alone, if the provider says email_verified. Without it, they open the invitation's link.",
    };

    public IEnumerable<Option> All => [_authority, _clientId, _secretFile, _name, _trustsEmail];

    /// <returns>Null: there is none.</returns>
    /// <exception cref="CommandException">A setting is wrong; the message names it.</exception>
    public SchoolSignInSettings? Read(ParseResult result)
    {
        var (authority, id, file) = (result.GetValue(_authority), result.GetValue(_clientId), result.GetValue(_secretFile));
        if (authority is null && id is null && file is null) return null;
        if (authority is null || string.IsNullOrWhiteSpace(id) || file is null)
            throw new CommandException("--oidc-authority, --oidc-client-id and --oidc-client-secret-file go together: give all three, or none.");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Query.Length > 0)
            throw new CommandException($"--oidc-authority: '{authority}' is not a URL such as https://login.example.org.");
        if (url.Scheme == "http" && !url.IsLoopback)
            throw new CommandException($"--oidc-authority {authority}: what it says of people could be changed on the way, so it starts with https://.");
        var name = result.GetRequiredValue(_name).Trim();
        if (name.Length is 0 or > LongestName) throw new CommandException($"--oidc-name: give between 1 and {LongestName} characters, such as \"Microsoft\".");
        return new SchoolSignInSettings(url, id.Trim(), SecretFile.Read("--oidc-client-secret-file", file, "the provider's secret"), name) { TrustsVerifiedEmail = result.GetValue(_trustsEmail) };
    }
}

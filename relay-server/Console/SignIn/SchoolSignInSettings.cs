namespace AV1Relay.StaffConsole.SignIn;

/// <summary>The schools' own sign-in, by OpenID Connect: docs/decisions/0025-openid-connect.md.</summary>
/// <param name="Authority">The provider; https, or http on this machine.</param>
/// <param name="ClientId">As the provider names this relay.</param>
/// <param name="ClientSecret">What proves to the provider that this relay asks.</param>
/// <param name="Name">On the button: <c>Sign in with …</c>.</param>
public sealed record SchoolSignInSettings(Uri Authority, string ClientId, string ClientSecret, string Name)
{
    /// <summary>Where the provider sends people back to; it is entered there, below the address of the pages.</summary>
    public const string CallbackPath = "/staff/school/callback";

    /// <summary>Where it sends people after they have signed out there.</summary>
    public const string SignedOutPath = "/staff/school/signed-out";

    /// <summary>
    /// Whether who is invited, and has not opened their account yet, may come in by an e-mail address that the provider says is verified, without the invitation's link.
    /// </summary>
    public bool TrustsVerifiedEmail { get; init; }

    /// <summary>What it publishes about itself (OpenID Connect Discovery 1.0, section 4).</summary>
    public Uri DiscoveryDocument => new($"{Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration");

    public override string ToString() => $"{Name} ({Authority})"; // the secret is nobody's business
}

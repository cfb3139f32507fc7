using Microsoft.AspNetCore.Authorization;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How far somebody has come in signing in. What they may see and do is asked of the domain, each time.</summary>
public static class StaffPolicies
{
    /// <summary>With a second factor, or with a passkey, which is two in one.</summary>
    public const string SignedIn = "signed in";

    /// <summary>With a password alone: enough to set up the second factor, and for nothing else.</summary>
    public const string FirstFactor = "first factor";

    /// <summary>With a room link: one room for one day, and no page but those below <c>/staff/room</c>.</summary>
    public const string RoomLink = "room link";

    internal const string MethodClaim = "amr"; // RFC 8176
    internal const string MoreFactors = "mfa";

    internal static void Whole(AuthorizationPolicyBuilder policy) => policy.RequireAuthenticatedUser().RequireClaim(MethodClaim, MoreFactors);

    internal static void InRoom(AuthorizationPolicyBuilder policy) => policy.AddAuthenticationSchemes(RoomLinkSignIn.Scheme).RequireAuthenticatedUser();

    internal static void Begun(AuthorizationPolicyBuilder policy) => policy.RequireAuthenticatedUser();
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Somebody who has come from the school's sign-in with an invitation, and is asked whether the account that it is for is theirs.</summary>
/// <remarks>
/// Whoever opens a link is at the provider and back without a question. If that were enough, a link with somebody else's invitation would bind the two,
/// and what its reader does from then on would be done in another's account.
/// </remarks>
/// <param name="Who">As the provider says.</param>
/// <param name="Items">With the invitation.</param>
internal sealed record WaitingArrival(ClaimsPrincipal Who, IDictionary<string, string?> Items)
{
    public const string Page = "/staff/welcome/school";

    private static readonly TimeSpan Waits = TimeSpan.FromMinutes(15);

    /// <summary>In a cookie of its own, sealed: it opens this one page.</summary>
    public static Task KeepAsync(HttpContext http, ClaimsPrincipal who, AuthenticationProperties kept)
    {
        var properties = new AuthenticationProperties { AllowRefresh = false, ExpiresUtc = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + Waits };
        foreach (var item in (string[])[SchoolSignIn.PersonItem, SchoolSignIn.InvitationItem]) properties.Items[item] = kept.Items[item];
        var claims = who.Claims.Where(claim => claim.Type is "iss" or "sub" or SchoolSignIn.AuthTime).Select(claim => new Claim(claim.Type, claim.Value));
        return http.SignInAsync(IdentityConstants.ExternalScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, SchoolSignInScheme.Name)), properties);
    }

    /// <summary>Null: nobody waits, or it was too long ago.</summary>
    public static async Task<WaitingArrival?> FindAsync(HttpContext http) =>
        await http.AuthenticateAsync(IdentityConstants.ExternalScheme) is { Succeeded: true, Principal: var who, Properties: { } properties }
            ? new WaitingArrival(who, properties.Items)
            : null;

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(IdentityConstants.ExternalScheme);

    public override string ToString() => nameof(WaitingArrival);
}

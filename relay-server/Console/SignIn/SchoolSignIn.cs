using System.Globalization;
using System.Security.Claims;
using AV1Relay.Domain.Audit;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Somebody comes from the school's own sign-in: which account is theirs.</summary>
/// <remarks>Always true: an account opens to a subject of an issuer that was bound to it once, and never to a name or an address alone.</remarks>
internal sealed class SchoolSignIn(
    SignInManager<Account> signIn, UserManager<Account> accounts, IAuditLog audit, TimeProvider time, SchoolSignInSettings? settings = null)
{
    /// <summary>How they come with an invitation: kept sealed while they are at the provider.</summary>
    public const string PersonItem = "person";

    public const string InvitationItem = "invitation";

    /// <summary>They were asked to prove once more who they are.</summary>
    public const string AgainItem = "again";

    internal const string AuthTime = "auth_time"; // OpenID Connect Core 1.0, section 2

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public enum Arrival
    {
        SignedIn,

        /// <summary>The provider knows them, and the school has not invited them here.</summary>
        Unknown,

        /// <summary>The invitation has been used or is too old.</summary>
        StaleInvitation,

        /// <summary>It opens another person's account already.</summary>
        SomebodyElses,

        /// <summary>They have come with an invitation: whether the account that it is for is theirs is asked before it opens to them.</summary>
        Asked,

        /// <summary>The provider doesn't say that they have proved just now who they are.</summary>
        NotAgain,
    }

    /// <param name="who">As the provider's token says, which has been checked.</param>
    /// <param name="items">What was kept from before.</param>
    public async Task<Arrival> ArriveAsync(ClaimsPrincipal who, IDictionary<string, string?> items)
    {
        if (settings is null || who.FindFirst("iss")?.Value is not { Length: > 0 } issuer || who.FindFirst("sub")?.Value is not { Length: > 0 } subject) return Arrival.Unknown;
        var bound = await accounts.FindByLoginAsync(issuer, subject);
        if (items.TryGetValue(InvitationItem, out var invitation) && items.TryGetValue(PersonItem, out var person))
        {
            if (await FindInvitedAsync(person, invitation) is not { } invited) return Arrival.StaleInvitation;
            if (bound is not null && bound.Id != invited.Id) return Arrival.SomebodyElses;
            return Arrival.Asked;
        }

        if (items.ContainsKey(AgainItem) && (ProvedAt(who) is not { } at || ThisSignIn.IsLate(at, time.GetUtcNow()))) return Arrival.NotAgain;
        var account = bound ?? await FindByAddressAsync(who);
        if (account is null) return Arrival.Unknown;
        if (bound is null && !await BindAsync(account, new UserLoginInfo(issuer, subject, settings.Name))) return Arrival.Unknown;
        await SignInAsync(account, who);
        return Arrival.SignedIn;
    }

    /// <summary>They have said that the account which the invitation is for is theirs: from now on it opens to them.</summary>
    /// <inheritdoc cref="ArriveAsync"/>
    public async Task<Arrival> AcceptAsync(ClaimsPrincipal who, IDictionary<string, string?> items)
    {
        if (await ArriveAsync(who, items) is not Arrival.Asked and var turnedAway) return turnedAway;
        var account = (await FindInvitedAsync(items[PersonItem], items[InvitationItem]))!; // just found
        var login = new UserLoginInfo(who.FindFirst("iss")!.Value, who.FindFirst("sub")!.Value, settings!.Name); // looked at on arrival
        if (await accounts.FindByLoginAsync(login.LoginProvider, login.ProviderKey) is null && !await BindAsync(account, login)) return Arrival.SomebodyElses;
        await accounts.UpdateSecurityStampAsync(account); // which uses the invitation up
        await SignInAsync(account, who);
        return Arrival.SignedIn;
    }

    /// <summary>The same words that open it with a password open it here, once.</summary>
    public async Task<Account?> FindInvitedAsync(string? person, string? invitation) =>
        person is not null && invitation is not null && await accounts.FindByIdAsync(person) is { } account
        && await accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.PasswordResetTokenProvider, UserManager<Account>.ResetPasswordTokenPurpose, invitation)
            ? account
            : null;

    /// <summary>Only who has been invited and has not come yet; and only where the authority has said that it trusts the provider so far.</summary>
    private async Task<Account?> FindByAddressAsync(ClaimsPrincipal who)
    {
        if (settings is not { TrustsVerifiedEmail: true } || who.FindFirst("email_verified")?.Value is not ("true" or "True")) return null;
        if (who.FindFirst("email")?.Value is not { Length: > 0 } email || await accounts.FindByEmailAsync(email) is not { } account) return null;
        return await StaffAccounts.AwaitsFirstOpeningAsync(accounts, account) ? account : null;
    }

    private async Task<bool> BindAsync(Account account, UserLoginInfo login)
    {
        if (!(await accounts.AddLoginAsync(account, login)).Succeeded) return false;
        await audit.AppendAsync(
            new AuditEntry(Instant.FromDateTimeOffset(time.GetUtcNow()), $"person {account.Id}", AuditSlugs.AccountOpened.Value, $"person {account.Id}", "school's sign-in"),
            CancellationToken.None);
        return true;
    }

    /// <summary>Whole at once: a second step is what the provider asks for, or does not.</summary>
    private Task SignInAsync(Account account, ClaimsPrincipal who)
    {
        var properties = new AuthenticationProperties { IsPersistent = false };
        ThisSignIn.NoteProof(properties, ProvedAt(who)); // it may have let them in on what they proved to it this morning
        return signIn.SignInWithClaimsAsync(
            account, properties, [new Claim(StaffPolicies.MethodClaim, StaffPolicies.MoreFactors), new Claim(ThisSignIn.WithClaim, ThisSignIn.WithSchool)]);
    }

    /// <summary>When they last proved to the provider who they are; null: it doesn't say.</summary>
    private DateTimeOffset? ProvedAt(ClaimsPrincipal who)
    {
        if (!long.TryParse(who.FindFirst(AuthTime)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LastSecond) return null;
        var (at, now) = (DateTimeOffset.FromUnixTimeSeconds(seconds), time.GetUtcNow());
        return at < now ? at : now; // its clock may be ahead
    }
}

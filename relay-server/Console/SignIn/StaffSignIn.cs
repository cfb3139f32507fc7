using System.Security.Claims;
using AV1Relay.Domain.Audit;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Signing in, step by step.</summary>
internal sealed class StaffSignIn(
    SignInManager<Account> signIn, UserManager<Account> accounts, KnownBrowsers browsers, SignInLimits limits, IAuditLog audit, TimeProvider time,
    ILogger<StaffSignIn> logger)
{
    /// <summary>As authenticator apps name the entry.</summary>
    private const string Issuer = "AV1Relay";

    private static readonly Account Nobody = new();
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Account>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    public enum Next
    {
        /// <summary>Wrong, or locked for a while: the page doesn't say which, so that nobody learns who has an account.</summary>
        Refused,

        /// <summary>There were too many wrong tries from here: it was not looked at.</summary>
        Wait,
        SecondFactor,
        SetUpSecondFactor,

        /// <summary>Right, but this account opens to a passkey, which is used instead.</summary>
        UsePasskey,

        /// <summary>Right, but this account opens to the school's sign-in, which is used instead.</summary>
        UseSchool,
        Done,
    }

    public async Task<Next> WithPasswordAsync(string email, string password)
    {
        var found = await accounts.FindByNameAsync(email);
        var browser = found is null ? null : browsers.Find(signIn.Context.Request, found.Id);
        if (limits.Charge(signIn.Context, browser, email) is not { } refund) return Next.Wait;
        var next = await CheckPasswordAsync(found, password, isStranger: browser is null);
        if (next is not Next.Refused) refund();
        return next;
    }

    /// <param name="isStranger">Their wrong tries close the account for a while; those of a browser that is known are counted by itself.</param>
    private async Task<Next> CheckPasswordAsync(Account? found, string password, bool isStranger)
    {
        // As long as for a wrong password: how long an answer takes tells nobody who has an account, or whose is locked.
        if (found?.PasswordHash is null || (isStranger && await accounts.IsLockedOutAsync(found))) accounts.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
        if (found is null) return Next.Refused;
        // A password alone never leads to where a second step is added while there is one, or another whole way in: who has found it would add their own.
        if (!found.TwoFactorEnabled && await InsteadOfPasswordAsync(found) is { } instead)
            return (await signIn.CheckPasswordSignInAsync(found, password, isStranger)).Succeeded ? instead : Next.Refused;
        var result = await signIn.PasswordSignInAsync(found, password, isPersistent: false, isStranger);
        return result switch
        {
            { RequiresTwoFactor: true } => Next.SecondFactor,
            { Succeeded: true } => Next.SetUpSecondFactor,
            _ => Next.Refused,
        };
    }

    /// <param name="code">Six digits from the app, or one of the recovery codes.</param>
    public async Task<Next> WithSecondFactorAsync(string code)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        var browser = await signIn.GetTwoFactorAuthenticationUserAsync() is { } account ? browsers.Find(signIn.Context.Request, account.Id) : null;
        // A stranger's wrong codes close the account; a browser that is known goes on even then, and has its own limit.
        Action? refund = null;
        if (browser is not null && (refund = limits.Charge(signIn.Context, browser, "")) is null) return Next.Wait;
        var result = typed.Length == 6 && typed.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(typed, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(typed);
        if (!result.Succeeded) return Next.Refused;
        refund?.Invoke();
        return Next.Done; // its cookie says amr=mfa
    }

    public async Task<Next> WithPasskeyAsync(string credential)
    {
        var assertion = await signIn.PerformPasskeyAssertionAsync(credential);
        if (!assertion.Succeeded)
        {
            PasskeyLog.NotTaken(logger, assertion.Failure.Message);
            return Next.Refused; // wrong passwords lock no passkey out: nobody can guess one
        }

        await accounts.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        await SignInWholeAsync(assertion.User, "passkey");
        return Next.Done;
    }

    /// <summary>Uses an invitation up.</summary>
    /// <returns>What is wrong, in words; empty when the person is signed in with their new password.</returns>
    public async Task<IReadOnlyList<string>> WelcomeAsync(Guid person, string invitation, string password)
    {
        const string Stale = "This invitation has been used or is too old. Ask for a new one from who invited you.";
        if (await accounts.FindByIdAsync(person.ToString()) is not { } account) return [Stale];
        var result = await accounts.ResetPasswordAsync(account, invitation, password);
        if (!result.Succeeded)
            return [.. result.Errors.Select(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken) ? Stale : error.Description)];
        await RecordAsync(account, AuditSlugs.AccountOpened.Value, "password");
        await signIn.SignInWithClaimsAsync(account, isPersistent: false, []);
        return [];
    }

    /// <summary>For an authenticator app.</summary>
    /// <returns>The secret in groups of four, and the address that a QR code holds (Key URI format); null: there is a second step, and its secret is not shown again.</returns>
    public async Task<(string Secret, string Uri)?> FindAuthenticatorAsync(ClaimsPrincipal user)
    {
        var account = await MineAsync(user);
        if (await HasSecondStepAsync(account)) return null;
        var key = await accounts.GetAuthenticatorKeyAsync(account) ?? throw new InvalidOperationException("An invitation makes one.");
        return (Grouped(key), UriOf(account, key));
    }

    /// <summary>In groups of four, as people type it.</summary>
    public static string Grouped(string key) => string.Join(' ', key.Chunk(4).Select(four => new string(four)));

    /// <summary>What a QR code holds for an authenticator app (Key URI format).</summary>
    public static string UriOf(Account account, string key) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(account.Email ?? "")}?secret={key}&issuer={Issuer}&digits=6";

    /// <returns>Recovery codes to be written down; null: the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAuthenticatorAsync(ClaimsPrincipal user, string code)
    {
        const int RecoveryCodes = 8;
        var account = await MineAsync(user);
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        if (await HasSecondStepAsync(account) || await accounts.IsLockedOutAsync(account)) return null;
        if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, typed))
        {
            await accounts.AccessFailedAsync(account);
            return null;
        }

        await accounts.SetTwoFactorEnabledAsync(account, enabled: true);
        await RecordAsync(account, AuditSlugs.AccountSecondStep.Value, "app");
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await SignInWholeAsync(account, "app");
        return [.. codes ?? []];
    }

    /// <param name="credential">As the browser made it.</param>
    /// <returns>False: the browser's answer did not fit to what it was asked.</returns>
    public async Task<bool> AddPasskeyAsync(ClaimsPrincipal user, string credential)
    {
        var account = await MineAsync(user);
        if (await HasSecondStepAsync(account)) return false;
        var attestation = await signIn.PerformPasskeyAttestationAsync(credential);
        if (!attestation.Succeeded)
        {
            PasskeyLog.NotTaken(logger, attestation.Failure.Message);
            return false;
        }

        attestation.Passkey.Name = DeviceWords.Of(signIn.Context.Request.Headers.UserAgent);
        if (!(await accounts.AddOrUpdatePasskeyAsync(account, attestation.Passkey)).Succeeded) return false;
        await RecordAsync(account, AuditSlugs.AccountSecondStep.Value, "passkey");
        await SignInWholeAsync(account, "passkey");
        return true;
    }

    public async Task<Account> MineAsync(ClaimsPrincipal user) =>
        await accounts.GetUserAsync(user) ?? throw new InvalidOperationException("The account is gone.");

    private async Task<bool> HasSecondStepAsync(Account account) => account.TwoFactorEnabled || await InsteadOfPasswordAsync(account) is not null;

    /// <summary>A whole way in that needs no password; null: there is none.</summary>
    private async Task<Next?> InsteadOfPasswordAsync(Account account) =>
        (await accounts.GetPasskeysAsync(account)).Count > 0 ? Next.UsePasskey : (await accounts.GetLoginsAsync(account)).Count > 0 ? Next.UseSchool : null;

    private Task RecordAsync(Account account, string what, string with) => audit.AppendAsync(
        new AuditEntry(Instant.FromDateTimeOffset(time.GetUtcNow()), $"person {account.Id}", what, $"person {account.Id}", with), CancellationToken.None);

    /// <summary>A cookie that says that there was more than one factor.</summary>
    private Task SignInWholeAsync(Account account, string with) => signIn.SignInWithClaimsAsync(
        account, isPersistent: false, [new Claim(StaffPolicies.MethodClaim, StaffPolicies.MoreFactors), new Claim(ThisSignIn.WithClaim, with)]);
}

using System.Buffers.Text;
using System.Collections.Immutable;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Refusals;
using AV1Relay.StaffConsole.Calendars;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How somebody signs in, as they see and change it themselves.</summary>
/// <remarks>
/// Always true: an account keeps at least one whole way in (a passkey, a password with an app, or the school's own sign-in), and nothing of it is changed but soon after a sign-in.
/// </remarks>
internal sealed class StaffAccount(
    SignInManager<Account> signIn, UserManager<Account> accounts, IUserStore<Account> store, SignIns signIns, IAuditLog audit, IDataProtectionProvider sealing, TimeProvider time,
    ILogger<StaffAccount> logger)
{
    public const int RecoveryCodes = 8;
    private const int SealedForMinutes = 15;

    private static readonly Refusal SignInAgain = new(
        "account.sign-in-again", "It is a while since you signed in.", "Sign in again, then change it. So nobody can who finds your screen open.");

    private static readonly Refusal LastWayIn = new(
        "account.last-way-in", "Without it you could not sign in any more.", "Add another passkey first, or set a password and an authenticator app.");

    public async Task<MyAccount> ReadAsync(HttpContext http)
    {
        var account = await MineAsync(http);
        var (here, now) = (await ThisSignIn.OfAsync(http), time.GetUtcNow());
        var passkeys = (await accounts.GetPasskeysAsync(account)).OrderBy(passkey => passkey.CreatedAt)
            .Select(passkey => new MyPasskey(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "A passkey", Instant.FromDateTimeOffset(passkey.CreatedAt)));
        var open = (await signIns.ListAsync(account.Id, http.RequestAborted)).Where(kept => kept.Seen >= ThisSignIn.UnusedSince(now))
            .Select(kept => new MySignIn(kept.Device, kept.With, Instant.FromDateTimeOffset(kept.At), kept.Id == here.Id));
        return new MyAccount(
            account.Email ?? "", await accounts.HasPasswordAsync(account), account.TwoFactorEnabled, await accounts.CountRecoveryCodesAsync(account),
            [.. passkeys], [.. (await accounts.GetLoginsAsync(account)).Select(login => login.ProviderDisplayName ?? login.LoginProvider)], [.. open],
            MayChange: !here.IsLateAt(now));
    }

    /// <param name="credential">As the browser made it.</param>
    public Task<Refusal?> AddPasskeyAsync(HttpContext http, string? credential) => ChangeAsync(http, "passkey added", async account =>
    {
        if (string.IsNullOrEmpty(credential)) return NoPasskey;
        var attestation = await signIn.PerformPasskeyAttestationAsync(credential);
        if (!attestation.Succeeded)
        {
            PasskeyLog.NotTaken(logger, attestation.Failure.Message);
            return NoPasskey;
        }

        attestation.Passkey.Name = DeviceWords.Of(http.Request.Headers.UserAgent);
        return (await accounts.AddOrUpdatePasskeyAsync(account, attestation.Passkey)).Succeeded ? null : NoPasskey;
    });

    /// <summary>Another one, of the same device or of a lost one: it opens nothing from then on.</summary>
    public Task<Refusal?> RemovePasskeyAsync(HttpContext http, string? id) => ChangeAsync(http, "passkey removed", async account =>
    {
        var all = await accounts.GetPasskeysAsync(account);
        if (all.FirstOrDefault(passkey => Base64Url.EncodeToString(passkey.CredentialId) == id) is not { } passkey) return null; // gone already
        if (!await HasAnotherWayInAsync(account, all.Count - 1, account.TwoFactorEnabled)) return LastWayIn;
        await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
        await FeedAddresses.EndAsync(accounts, account);
        await accounts.UpdateSecurityStampAsync(account); // where it was used, somebody may still be signed in
        return null;
    });

    /// <param name="now">The password so far; not asked for where there is none.</param>
    public Task<Refusal?> ChangePasswordAsync(HttpContext http, string? now, string next) => ChangeAsync(http, "password", async account =>
    {
        var has = await accounts.HasPasswordAsync(account);
        if (has && await accounts.IsLockedOutAsync(account)) return WrongPassword;
        if (!has && !account.TwoFactorEnabled) return AppFirst;
        var result = has ? await accounts.ChangePasswordAsync(account, now ?? "", next) : await accounts.AddPasswordAsync(account, next);
        if (result.Succeeded)
        {
            await FeedAddresses.EndAsync(accounts, account);
            return null;
        }

        if (result.Errors.All(error => error.Code != nameof(IdentityErrorDescriber.PasswordMismatch)))
            return new Refusal("account.password", string.Join(" ", result.Errors.Select(error => error.Description)), "Choose another one.");
        await accounts.AccessFailedAsync(account);
        return WrongPassword;
    });

    /// <summary>A key for an authenticator app that isn't in use yet: only the code that proves it makes it so.</summary>
    /// <returns>The secret, the address that a QR code holds, and the secret sealed for the form.</returns>
    public async Task<NewApp> ProposeAppAsync(HttpContext http, string? sealedSecret)
    {
        var account = await MineAsync(http);
        var secret = Open(account, sealedSecret) ?? accounts.GenerateNewAuthenticatorKey();
        return new NewApp(secret, StaffSignIn.UriOf(account, secret), Protector(account).Protect(secret, time.GetUtcNow().AddMinutes(SealedForMinutes)));
    }

    /// <returns>New recovery codes where there were none left from before; empty otherwise.</returns>
    public async Task<Outcome<NewCodes>> UseAppAsync(HttpContext http, string? sealedSecret, string code)
    {
        ImmutableArray<string> codes = [];
        var refusal = await ChangeAsync(http, "app", async account =>
        {
            if (Open(account, sealedSecret) is not { } secret) return TooOld;
            if (await accounts.IsLockedOutAsync(account)) return WrongCode;
            var keys = (IUserAuthenticatorKeyStore<Account>)store;
            var before = await keys.GetAuthenticatorKeyAsync(account, CancellationToken.None);
            await keys.SetAuthenticatorKeyAsync(account, secret, CancellationToken.None); // kept with what follows, or put back
            if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code.Replace(" ", "", StringComparison.Ordinal)))
            {
                await keys.SetAuthenticatorKeyAsync(account, before ?? accounts.GenerateNewAuthenticatorKey(), CancellationToken.None);
                await accounts.AccessFailedAsync(account);
                return WrongCode;
            }

            await accounts.SetTwoFactorEnabledAsync(account, enabled: true);
            if (await accounts.CountRecoveryCodesAsync(account) == 0) codes = await NewCodesAsync(account);
            return null;
        });
        return refusal is null ? new NewCodes(codes) : refusal;
    }

    public Task<Refusal?> TurnAppOffAsync(HttpContext http) => ChangeAsync(http, "app off", async account =>
    {
        if (!await HasAnotherWayInAsync(account, (await accounts.GetPasskeysAsync(account)).Count, hasApp: false)) return LastWayIn;
        await accounts.SetTwoFactorEnabledAsync(account, enabled: false);
        await accounts.ResetAuthenticatorKeyAsync(account);
        return null;
    });

    /// <summary>Those from before open nothing any more.</summary>
    public async Task<Outcome<NewCodes>> RenewCodesAsync(HttpContext http)
    {
        ImmutableArray<string> codes = [];
        var refusal = await ChangeAsync(http, "recovery codes", async account =>
        {
            codes = await NewCodesAsync(account);
            return null;
        });
        return refusal is null ? new NewCodes(codes) : refusal;
    }

    /// <summary>Every other sign-in ends, at the latest when it is looked at next, and so does the address of a calendar: whoever has it needs no other way in.</summary>
    public Task<Refusal?> SignOutElsewhereAsync(HttpContext http) => ChangeAsync(http, "signed out elsewhere", async account =>
    {
        await FeedAddresses.EndAsync(accounts, account);
        await accounts.UpdateSecurityStampAsync(account);
        return null;
    });

    private async Task<Refusal?> ChangeAsync(HttpContext http, string what, Func<Account, Task<Refusal?>> change)
    {
        var account = await MineAsync(http);
        var here = await ThisSignIn.OfAsync(http);
        if (here.IsLateAt(time.GetUtcNow())) return SignInAgain;
        var stamp = account.SecurityStamp;
        if (await change(account) is { } refusal) return refusal;
        await audit.AppendAsync(
            new AuditEntry(Instant.FromDateTimeOffset(time.GetUtcNow()), $"person {account.Id}", AuditSlugs.AccountChanged.Value, $"person {account.Id}", what), CancellationToken.None);
        if (account.SecurityStamp == stamp) return null;
        await signIns.EndAllButAsync(account.Id, here.Id, CancellationToken.None); // their cookies are of the stamp before
        var request = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var how = request.Principal?.Claims.Where(claim => claim.Type is StaffPolicies.MethodClaim or ThisSignIn.WithClaim) ?? [];
        await signIn.SignInWithClaimsAsync(account, request.Properties, how); // the same sign-in, with the stamp that holds now
        return null;
    }

    private async Task<bool> HasAnotherWayInAsync(Account account, int passkeys, bool hasApp) =>
        passkeys > 0 || (hasApp && await accounts.HasPasswordAsync(account)) || (await accounts.GetLoginsAsync(account)).Count > 0;

    private async Task<ImmutableArray<string>> NewCodesAsync(Account account) => [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) ?? []];

    private async Task<Account> MineAsync(HttpContext http) => await accounts.GetUserAsync(http.User) ?? throw new InvalidOperationException("The account is gone.");

    private ITimeLimitedDataProtector Protector(Account account) => sealing.CreateProtector("new authenticator app", account.Id.ToString()).ToTimeLimitedDataProtector();

    private string? Open(Account account, string? sealedSecret)
    {
        if (string.IsNullOrEmpty(sealedSecret)) return null;
        try
        {
            return Protector(account).Unprotect(sealedSecret);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null; // too old, or not ours
        }
    }

    private static readonly Refusal AppFirst = new(
        "account.app-first", "A password opens nothing without an authenticator app.", "Set up the app first, then choose the password.");
    private static readonly Refusal NoPasskey = new("account.no-passkey", "The passkey could not be added.", "Try again, or use another device.");
    private static readonly Refusal WrongPassword = new(
        "account.wrong-password", "The password so far is not right.", "Type it again. After five wrong tries an account is closed for a quarter of an hour.");
    private static readonly Refusal WrongCode = new("account.wrong-code", "That code is not right.", "Wait for the next one, and check the clock of your phone.");
    private static readonly Refusal TooOld = new("account.too-old", "This page has been open for too long.", "Scan the new picture, and type the code that your app shows for it.");
}

/// <param name="SchoolSignIns">Names of the schools' own sign-ins that open it.</param>
/// <param name="MayChange">The sign-in is recent enough.</param>
internal sealed record MyAccount(
    string Email, bool HasPassword, bool HasApp, int RecoveryCodesLeft, ImmutableArray<MyPasskey> Passkeys, ImmutableArray<string> SchoolSignIns,
    ImmutableArray<MySignIn> SignIns, bool MayChange)
{
    public override string ToString() => nameof(MyAccount);
}

/// <param name="Name">Of the device that it was made on.</param>
internal sealed record MyPasskey(string Id, string Name, Instant Added);

/// <param name="With">As <see cref="KeptSignIn.With"/>.</param>
internal sealed record MySignIn(string Device, string With, Instant At, bool IsThis);

/// <param name="Secret">In base32.</param>
internal sealed record NewApp(string Secret, string Uri, string Sealed)
{
    public override string ToString() => nameof(NewApp);
}

/// <summary>Shown once.</summary>
internal sealed record NewCodes(ImmutableArray<string> Codes)
{
    public override string ToString() => nameof(NewCodes);
}

using AV1Relay.Domain.People;
using AV1Relay.StaffConsole.Calendars;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How adults come by an account: somebody who may invites them, and they choose how to sign in.</summary>
public static class StaffAccounts
{
    /// <summary>How long an invitation is good for.</summary>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(3);

    /// <summary>Kept beside an account that nobody has opened yet; by itself it opens nothing.</summary>
    private const string FirstOpening = "AV1Relay.FirstOpening";

    private const int TriesBeforeLock = 5;
    private const int ShortestPassword = 12; // NCSC: length, not kinds of characters
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>What the command line needs too, to make out invitations that the server understands.</summary>
    /// <param name="keys">Folder for the keys that seal cookies and invitations; readable by its owner only.</param>
    public static IServiceCollection AddStaffAccounts(this IServiceCollection services, DirectoryInfo keys)
    {
        services.AddDataProtection().SetApplicationName("av1relay");
        services.AddSingleton<KnownBrowsers>();
        services.Configure<KeyManagementOptions>(management => management.XmlRepository = new SealingKeyFiles(keys));
        services.AddIdentityCore<Account>(Configure).AddAccountStores().AddSignInManager<StaffSignInManager>().AddDefaultTokenProviders();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.UserVerificationRequirement = "required"; // it is two factors in one: the device, and what unlocks it
            passkeys.ResidentKeyRequirement = "required"; // it signs in by itself, without an e-mail address
            passkeys.ValidateOrigin = PasskeyOrigin.IsOursAsync;
        });
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = InvitationLasts);
        return services;
    }

    /// <summary>
    /// Makes out an invitation. Whatever opened the account before ends now: whoever lost their phone, or had it stolen, is invited anew, and an
    /// invitation that nobody is given closes an account.
    /// </summary>
    /// <param name="who">The person, who has or will get roles.</param>
    /// <param name="email">What they will sign in with.</param>
    /// <returns>Path and query of the page that the person opens.</returns>
    /// <exception cref="ArgumentException">The address can't be used; in words.</exception>
    public static async Task<string> InviteAsync(UserManager<Account> accounts, PersonId who, string email)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        if (await IsTakenAsync(accounts, who, email)) throw new ArgumentException($"Somebody else signs in with {email}."); // before anything of theirs is ended
        var account = await accounts.FindByIdAsync(who.Value.ToString());
        var isFirst = account is null || await accounts.GetAuthenticationTokenAsync(account, FirstOpening, FirstOpening) is not null && await HasNoWayInAsync(accounts, account);
        if (account is null)
        {
            account = new Account { Id = who.Value, UserName = email, Email = email };
            Check(await accounts.CreateAsync(account));
        }
        else
        {
            await FeedAddresses.EndAsync(accounts, account);
            await ReminderNotes.EndAsync(accounts, account);
            foreach (var passkey in await accounts.GetPasskeysAsync(account)) Check(await accounts.RemovePasskeyAsync(account, passkey.CredentialId));
            foreach (var login in await accounts.GetLoginsAsync(account)) Check(await accounts.RemoveLoginAsync(account, login.LoginProvider, login.ProviderKey));
            (account.UserName, account.Email) = (email, email);
            (account.PasswordHash, account.TwoFactorEnabled, account.LockoutEnd, account.AccessFailedCount) = (null, false, null, 0);
            Check(await accounts.UpdateSecurityStampAsync(account)); // and keeps the rest; invitations and sign-ins from before end with it
        }

        Check(await accounts.ResetAuthenticatorKeyAsync(account));

        if (isFirst)
            Check(await accounts.SetAuthenticationTokenAsync(account, FirstOpening, FirstOpening, await accounts.GenerateUserTokenAsync(account, TokenProvider(accounts), FirstOpening)));
        else
            Check(await accounts.RemoveAuthenticationTokenAsync(account, FirstOpening, FirstOpening));
        var token = await accounts.GeneratePasswordResetTokenAsync(account);
        return $"/staff/welcome?person={who}&invitation={Uri.EscapeDataString(token)}";
    }

    /// <summary>
    /// Whether somebody has been invited, the invitation is still good, and nobody has ever opened the account: one that was closed by a new invitation
    /// opens to that invitation's link alone.
    /// </summary>
    internal static async Task<bool> AwaitsFirstOpeningAsync(UserManager<Account> accounts, Account account) =>
        await HasNoWayInAsync(accounts, account)
        && await accounts.GetAuthenticationTokenAsync(account, FirstOpening, FirstOpening) is { } kept
        && await accounts.VerifyUserTokenAsync(account, TokenProvider(accounts), FirstOpening, kept);

    private static async Task<bool> HasNoWayInAsync(UserManager<Account> accounts, Account account) =>
        !await accounts.HasPasswordAsync(account) && (await accounts.GetPasskeysAsync(account)).Count == 0 && (await accounts.GetLoginsAsync(account)).Count == 0;

    /// <summary>As for the invitation: good as long, and used up with it.</summary>
    private static string TokenProvider(UserManager<Account> accounts) => accounts.Options.Tokens.PasswordResetTokenProvider;

    /// <summary>Whether somebody else signs in with that address.</summary>
    internal static async Task<bool> IsTakenAsync(UserManager<Account> accounts, PersonId who, string email) =>
        (await accounts.FindByEmailAsync(email) ?? await accounts.FindByNameAsync(email)) is { } holder && holder.Id != who.Value;

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new ArgumentException(string.Join(" ", result.Errors.Select(error => error.Description)));
    }

    private static void Configure(IdentityOptions identity)
    {
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3; // with passkeys
        identity.User.RequireUniqueEmail = true;
        identity.User.AllowedUserNameCharacters = ""; // whatever an e-mail address may have, an apostrophe too
        identity.Password.RequiredLength = ShortestPassword;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
        identity.Password.RequiredUniqueChars = 5;
        identity.Lockout.MaxFailedAccessAttempts = TriesBeforeLock;
        identity.Lockout.DefaultLockoutTimeSpan = LockedFor;
    }
}

using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>The framework's own, but that an account which strangers have closed by their wrong tries stays open to browsers that are known for it.</summary>
internal sealed class StaffSignInManager(
    UserManager<Account> accounts, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Account> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Account>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Account> confirmation, KnownBrowsers browsers)
    : SignInManager<Account>(accounts, http, claims, options, logger, schemes, confirmation)
{
    protected override async Task<bool> IsLockedOut(Account user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return browsers.Find(Context.Request, user.Id) is null && await base.IsLockedOut(user); // its tries have a limit of their own
    }
}

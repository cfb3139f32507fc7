using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Looks every few minutes whether a sign-in still stands: the account as it was, and the sign-in not ended from elsewhere.</summary>
internal sealed class StaffStamps(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<Account> signIn, ILoggerFactory loggers, SignIns signIns, TimeProvider time)
    : SecurityStampValidator<Account>(options, signIn, loggers)
{
    protected override async Task SecurityStampVerified(Account user, CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(context);
        var (items, now) = (context.Properties.Items, time.GetUtcNow());
        var isByItself = AskedByItself.Is(context.HttpContext);
        if (ThisSignIn.IdOf(items) is { } id && (ThisSignIn.HasRunOut(items, now) || !await StandsAsync(user.Id, id, isByItself, now)))
        {
            context.RejectPrincipal();
            await SignInManager.SignOutAsync();
            return;
        }

        if (!isByItself) await base.SecurityStampVerified(user, context); // which makes the cookie anew, and with it the hour
    }

    private Task<bool> StandsAsync(Guid account, string id, bool isByItself, DateTimeOffset now) =>
        isByItself ? signIns.HasAsync(account, id, CancellationToken.None) : signIns.SeeAsync(account, id, now, CancellationToken.None);
}

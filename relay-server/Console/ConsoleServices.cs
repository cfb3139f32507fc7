using System.Net;
using System.Security.Claims;
using AV1Relay.StaffConsole.Documents;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.Pages.Live;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole;

/// <summary>Puts the staff's pages into a web application.</summary>
/// <remarks>The host brings along: the domain's stores, what staff ask for (<c>AddRelayApplication</c>), and <see cref="TimeProvider"/>.</remarks>
public static class ConsoleServices
{
    /// <summary>Everything of the pages is below this path.</summary>
    public const string Path = "/staff";

    /// <param name="keys">Folder for the keys that seal cookies and invitations; readable by its owner only.</param>
    /// <param name="sourceOf">Under which name tries from an address are counted.</param>
    public static IServiceCollection AddStaffConsole(this IServiceCollection services, DirectoryInfo keys, Func<IPAddress?, string> sourceOf)
    {
        services.AddStaffAccounts(keys);
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(RoomLinkSignIn.Scheme, RoomLinkSignIn.Configure).AddIdentityCookies();
        services.ConfigureApplicationCookie(Configure);
        services.Configure<SecurityStampValidatorOptions>(Recheck);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, Narrow);
        services.AddAuthorizationBuilder().AddPolicy(StaffPolicies.SignedIn, StaffPolicies.Whole).AddPolicy(StaffPolicies.FirstFactor, StaffPolicies.Begun)
            .AddPolicy(StaffPolicies.RoomLink, StaffPolicies.InRoom);
        SignInThrottle.Add(services, sourceOf);
        services.AddAntiforgery(forms => (forms.Cookie.Name, forms.Cookie.Path) = ("av1relay.forms", Path));
        services.AddScoped<MyDesk>();
        services.AddScoped<StaffSignIn>();
        services.AddScoped<Inviting>();
        services.AddSingleton<RoomLinkKeys>();
        return services;
    }

    /// <remarks>After routing; brings authentication, authorization and antiforgery for its own pages.</remarks>
    public static void UseStaffConsole(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), branch => branch.Use(StaffHeaders.AddAsync));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        ConsoleAssets.Map(app);
        SignOutEndpoint.Map(app);
        PasskeyEndpoints.Map(app);
        RoomLinkSignIn.Map(app);
        DocumentEndpoints.Map(app);
        LiveEndpoints.Map(app);
        app.MapRazorComponents<App>();
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        Narrow(cookie);
        cookie.LoginPath = "/staff/sign-in";
        cookie.AccessDeniedPath = "/staff/second-factor/set-up";
        cookie.ReturnUrlParameter = "next";
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(60);
        cookie.SlidingExpiration = true;
    }

    /// <summary>An account that was invited anew, or is gone, ends its sign-ins soon; of the others, how they signed in is kept.</summary>
    private static void Recheck(SecurityStampValidatorOptions stamps)
    {
        stamps.ValidationInterval = TimeSpan.FromMinutes(5);
        stamps.OnRefreshingPrincipal = refreshing =>
        {
            if (refreshing.CurrentPrincipal?.FindFirst(StaffPolicies.MethodClaim) is { } method
                && refreshing.NewPrincipal?.Identity is ClaimsIdentity identity && !identity.HasClaim(method.Type, method.Value))
                identity.AddClaim(method.Clone());
            return Task.CompletedTask;
        };
    }

    private static void Narrow(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Path = Path;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // a link in a reminder leads in; forms carry a token of their own
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // in the clear on this machine alone
    }
}

using System.Net;
using System.Security.Claims;
using AV1Relay.StaffConsole.Calendars;
using AV1Relay.StaffConsole.Documents;
using AV1Relay.StaffConsole.Layout;
using AV1Relay.StaffConsole.Pages.Live;
using AV1Relay.StaffConsole.Problems;
using AV1Relay.StaffConsole.Reminders;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole;

/// <summary>Puts the staff's pages into a web application.</summary>
/// <remarks>
/// The host brings along: the domain's stores, what staff ask for (<c>AddRelayApplication</c>), <see cref="TimeProvider"/>, and an
/// <see cref="IMailDelivery"/> where there is a mail server.
/// </remarks>
public static class ConsoleServices
{
    /// <summary>Everything of the pages is below this path; beside it are calendars for programmes, below <c>/feeds</c>, and where mail programmes stop reminders.</summary>
    public const string Path = "/staff";

    /// <summary>So long after the last click somebody is signed out, give or take <see cref="RenewedEach"/>. What a page asks by itself is no click.</summary>
    internal static readonly TimeSpan SignInLasts = TimeSpan.FromMinutes(60);

    /// <summary>A cookie younger than this is not made anew.</summary>
    internal static readonly TimeSpan RenewedEach = TimeSpan.FromMinutes(5);

    /// <summary>So often it is looked at whether a sign-in has been ended from elsewhere.</summary>
    internal static readonly TimeSpan LookedAtEach = TimeSpan.FromMinutes(5);

    /// <param name="keys">Folder for the keys that seal cookies and invitations; readable by its owner only.</param>
    /// <param name="sourceOf">Under which name tries from an address are counted.</param>
    /// <param name="publicUrl">How the outside reaches the pages; null: as each request says.</param>
    /// <param name="school">The schools' own sign-in; null: there is none.</param>
    public static IServiceCollection AddStaffConsole(
        this IServiceCollection services, DirectoryInfo keys, Func<IPAddress?, string> sourceOf, Uri? publicUrl = null, SchoolSignInSettings? school = null)
    {
        services.AddStaffAccounts(keys);
        if (publicUrl is not null) services.Configure<IdentityPasskeyOptions>(passkeys => passkeys.ServerDomain = publicUrl.IdnHost);
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddCookie(RoomLinkSignIn.Scheme, RoomLinkSignIn.Configure).AddIdentityCookies();
        services.AddSingleton(new StaffAddress(publicUrl));
        services.AddScoped<SchoolSignIn>();
        services.AddScoped<SchoolSignInEvents>();
        if (school is not null)
        {
            services.AddSingleton(school);
            SchoolSignInScheme.Add(authentication, school);
        }

        services.ConfigureApplicationCookie(Configure);
        services.Configure<SecurityStampValidatorOptions>(Recheck);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, Narrow);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ExternalScheme, Narrow);
        services.AddAuthorizationBuilder().AddPolicy(StaffPolicies.SignedIn, StaffPolicies.Whole).AddPolicy(StaffPolicies.FirstFactor, StaffPolicies.Begun)
            .AddPolicy(StaffPolicies.RoomLink, StaffPolicies.InRoom);
        services.AddSingleton(provider => new SignInLimits(sourceOf, provider.GetRequiredService<TimeProvider>()));
        SignInThrottle.Add(services, sourceOf);
        FeedThrottle.Add(services, sourceOf);
        services.AddAntiforgery(forms =>
            (forms.Cookie.Name, forms.Cookie.Path, forms.Cookie.SecurePolicy) = ("av1relay.forms", Path, CookieSecurePolicy.SameAsRequest));
        services.AddSingleton<SentOnce>();
        services.AddScoped<MyDesk>();
        services.AddScoped<StaffSignIn>();
        services.AddScoped<StaffAccount>();
        services.AddScoped<ISecurityStampValidator, StaffStamps>();
        services.AddScoped<Inviting>();
        services.AddSingleton<SealedFile>();
        services.AddScoped<FeedAddresses>();
        services.AddSingleton<RoomLinkKeys>();
        services.AddSingleton<ReminderKeys>();
        services.AddSingleton<ReminderMetrics>();
        services.AddScoped<MyReminders>();
        services.AddHostedService<EveningReminders>();
        return services;
    }

    /// <remarks>After routing; brings authentication, authorization and antiforgery for its own pages.</remarks>
    public static void UseStaffConsole(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), branch => branch.Use(StaffHeaders.AddAsync).Use(ProblemPages.AnswerAsync));
        // Where the outside comes by https, no cookie goes in the clear, whatever the request looks like behind the proxy.
        if (app.Services.GetRequiredService<StaffAddress>().IsSecure) app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        var once = app.Services.GetRequiredService<SentOnce>();
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), branch => branch.Use(once.AnswerAsync));
        app.UseAntiforgery();
        ConsoleAssets.Map(app);
        SignOutEndpoint.Map(app);
        PasskeyEndpoints.Map(app);
        SchoolSignInEndpoints.Map(app);
        RoomLinkSignIn.Map(app);
        DocumentEndpoints.Map(app);
        FeedEndpoint.Map(app);
        StopEndpoint.Map(app);
        LiveEndpoints.Map(app);
        app.MapRazorComponents<App>();
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        Narrow(cookie);
        cookie.LoginPath = "/staff/sign-in";
        cookie.AccessDeniedPath = "/staff/second-factor/set-up";
        cookie.ReturnUrlParameter = "next";
        cookie.ExpireTimeSpan = SignInLasts;
        cookie.SlidingExpiration = true;
        cookie.Events.OnSigningIn = ThisSignIn.NoteAsync;
        cookie.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = context.ElapsedTime > RenewedEach && !AskedByItself.Is(context.HttpContext);
            return Task.CompletedTask;
        };
    }

    /// <summary>An account that was invited anew, or is gone, ends its sign-ins soon; of the others, how they signed in is kept.</summary>
    private static void Recheck(SecurityStampValidatorOptions stamps)
    {
        stamps.ValidationInterval = LookedAtEach;
        stamps.OnRefreshingPrincipal = refreshing =>
        {
            foreach (var kind in (string[])[StaffPolicies.MethodClaim, ThisSignIn.WithClaim])
            {
                if (refreshing.CurrentPrincipal?.FindFirst(kind) is { } kept
                    && refreshing.NewPrincipal?.Identity is ClaimsIdentity identity && !identity.HasClaim(kept.Type, kept.Value))
                    identity.AddClaim(kept.Clone());
            }

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

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>How the provider is asked: authorization code with PKCE and a nonce, and no more of anybody than who they are.</summary>
internal static class SchoolSignInScheme
{
    public const string Name = "school";

    private static readonly TimeSpan AtTheProvider = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    public static void Add(AuthenticationBuilder authentication, SchoolSignInSettings settings) => authentication.AddOpenIdConnect(Name, settings.Name, options =>
    {
        options.Authority = settings.Authority.AbsoluteUri;
        options.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        (options.ClientId, options.ClientSecret) = (settings.ClientId, settings.ClientSecret);
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.UsePkce = true;
        // Back by a link, not by a form of another site: cookies that are sent along with links alone (Lax) come with it, in the clear on this machine too.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.Scope.Clear();
        options.Scope.Add("openid");
        if (settings.TrustsVerifiedEmail) options.Scope.Add("email");
        options.CallbackPath = SchoolSignInSettings.CallbackPath;
        options.SignedOutCallbackPath = SchoolSignInSettings.SignedOutPath;
        options.SignedOutRedirectUri = "/staff/sign-in";
        options.RemoteSignOutPath = default; // nobody else signs people out here
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.SignOutScheme = IdentityConstants.ApplicationScheme;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.ClaimActions.Clear(); // the issuer is half of who somebody is
        options.GetClaimsFromUserInfoEndpoint = false;
        options.RemoteAuthenticationTimeout = AtTheProvider;
        options.BackchannelTimeout = AnswersWithin;
        options.EventsType = typeof(SchoolSignInEvents);
        Narrow(options.CorrelationCookie);
        Narrow(options.NonceCookie);
    });

    private static void Narrow(CookieBuilder cookie)
    {
        cookie.Path = ConsoleServices.Path;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // in the clear on this machine alone
        cookie.IsEssential = true;
    }
}

using System.Collections.Immutable;
using System.Security.Claims;
using AV1Relay.Tests.OpenIdProvider;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

// A school's sign-in for tests, in a process of its own: openid-provider URL CLIENT_ID SECRET REDIRECT_URI SIGNED_OUT_URI
var (url, clientId, secret, redirectUri, signedOutUri) = (args[0], args[1], args[2], args[3], args[4]);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url);
builder.Services.AddOpenIddict().AddServer(server =>
{
    server.SetIssuer(new Uri(url)).SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("logout");
    server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Email);
    server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
    server.EnableDegradedMode(); // one client, and nothing is stored
    server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();

    server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
    {
        if (context.ClientId != clientId || context.RedirectUri != redirectUri) context.Reject(Errors.InvalidClient, "Nobody here knows that program.");
        return default;
    }));
    server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
    {
        if (context.ClientId != clientId || context.ClientSecret != secret) context.Reject(Errors.InvalidClient, "That is not its secret.");
        return default;
    }));
    server.AddEventHandler<OpenIddictServerEvents.ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
    {
        if (context.PostLogoutRedirectUri != signedOutUri) context.Reject(Errors.InvalidRequest, "That is not its address.");
        return default;
    }));
    server.AddEventHandler<OpenIddictServerEvents.ApplyAuthorizationResponseContext>(handler => handler.UseInlineHandler(context =>
    {
        if ((string?)context.Request?["as"] == Adults.WrongState) context.Response.State += "x";
        return default;
    }));
});

await using var app = builder.Build();
app.UseAuthentication();
app.MapGet("/authorize", (HttpContext http) =>
{
    var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("It is no request of OpenID Connect.");
    if (Adults.Find((string?)request["as"]) is not { } who) return Results.Content(Adults.PageFor(request), "text/html; charset=utf-8");
    if (who.Id == Adults.CallsItOff) return Results.Forbid(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    if (who.Id == Adults.WrongNonce) request.Nonce = "another";
    var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
    identity.SetClaim(Claims.Subject, who.Id).SetClaim(Claims.Email, who.Email).SetClaim(Claims.EmailVerified, who.IsVerified);
    // They are signed in at the school since this morning, unless they are asked to sign in again and do.
    var isAgain = request.HasPromptValue(PromptValues.Login) && who.Id != Adults.DoesNotSignInAgain;
    identity.SetClaim(Claims.AuthenticationTime, TimeProvider.System.GetUtcNow().AddHours(isAgain ? 0 : -6).ToUnixTimeSeconds());
    identity.SetScopes(request.GetScopes());
    identity.SetDestinations(claim => claim.Type is Claims.Email or Claims.EmailVerified && !identity.HasScope(Scopes.Email) ? ImmutableArray<string>.Empty : [Destinations.IdentityToken]);
    return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
});
app.MapGet("/logout", () => Results.SignOut(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]));
await app.StartAsync();
Console.WriteLine($"Provider ready: {url}");
await app.WaitForShutdownAsync();

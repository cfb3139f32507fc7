using System.Security.Claims;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Rooms;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Exchanges a room link for a cookie of its own, which the browser sends to the room's pages alone.</summary>
/// <remarks>
/// The cookie says which link it was and nothing else: each page asks the domain, so that a link that has been ended opens nothing any more. Beside
/// somebody's own sign-in it changes nothing.
/// </remarks>
internal static class RoomLinkSignIn
{
    public const string Scheme = "room link";
    public const string Path = "/staff/room";
    public const string OpenPath = Path + "/open";
    public const string EndedPath = Path + "/ended";
    public const string SignOutPath = Path + "/leave";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "av1relay.room";
        cookie.Cookie.Path = Path;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // a code that is scanned leads in; forms carry a token of their own
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; // in the clear on this machine alone
        cookie.LoginPath = EndedPath;
        cookie.AccessDeniedPath = EndedPath;
        cookie.SlidingExpiration = false;
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(OpenPath, OpenAsync).AllowAnonymous().RequireRateLimiting(SignInThrottle.Name);
        endpoints.MapPost(SignOutPath, async (HttpContext http, [FromForm] string? why) =>
        {
            await http.SignOutAsync(Scheme);
            return Results.LocalRedirect($"{EndedPath}?why={(why is "left" ? why : "")}");
        }).RequireAuthorization(StaffPolicies.RoomLink); // the form's token was made for who has the link; others are led to the same page
    }

    private static async Task<IResult> OpenAsync(string? key, HttpContext http, RoomLinkKeys keys, RoomDays days)
    {
        if (!keys.TryOpen(key, out var link)) return Results.LocalRedirect(EndedPath + "?why=unknown");
        if (!(await days.ReadAsync(new Caller(link.Value), http.RequestAborted)).TryGet(out var day, out var refusals))
            return Results.LocalRedirect(EndedPath + (refusals.Any(refusal => refusal.Code == "access.not-begun") ? "?why=early" : ""));
        var holder = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, link.Value.ToString())], Scheme));
        await http.SignInAsync(Scheme, holder, new AuthenticationProperties { IsPersistent = true, ExpiresUtc = day.Until.ToDateTimeOffset() });
        return Results.LocalRedirect(Path); // the key is out of the address bar
    }
}

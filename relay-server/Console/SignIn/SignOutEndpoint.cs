using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.SignIn;

internal static class SignOutEndpoint
{
    public const string Path = "/staff/sign-out";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, async (HttpContext http, [FromServices] SignInManager<Account> signIn, [FromServices] SignIns signIns, [FromForm] string? next) =>
    {
        var isOfSchool = http.User.HasClaim(ThisSignIn.WithClaim, ThisSignIn.WithSchool);
        if (WhoAsks.Find(http.User) is { } caller && (await ThisSignIn.OfAsync(http)).Id is { } id) await signIns.EndAsync(caller.Who.Value, id, CancellationToken.None);
        await signIn.SignOutAsync();
        if (isOfSchool) return Results.LocalRedirect("/staff/signed-out");
        return Results.LocalRedirect(next is "/staff/sign-in" ? next : "/staff/sign-in");
    }).AllowAnonymous();
}

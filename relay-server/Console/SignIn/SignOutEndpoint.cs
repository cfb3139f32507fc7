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

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, async ([FromServices] SignInManager<Account> signIn, [FromForm] string? next) =>
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(next is "/staff/sign-in" ? next : "/staff/sign-in");
    }).AllowAnonymous();
}

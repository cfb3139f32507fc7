using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>What a browser needs to make a passkey, and to sign in with one (WebAuthn Level 3, section 5.4 and 5.5).</summary>
internal static class PasskeyEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var passkeys = endpoints.MapGroup("/staff/passkeys").AddEndpointFilter(CheckFormTokenAsync);
        passkeys.MapPost("/new", async (HttpContext http, SignInManager<Account> signIn, StaffSignIn steps) =>
        {
            var account = await steps.MineAsync(http.User);
            var name = account.Email ?? "";
            var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = name, DisplayName = name });
            return Results.Content(options, "application/json");
        }).RequireAuthorization(StaffPolicies.FirstFactor);
        passkeys.MapPost("/ask", async (SignInManager<Account> signIn) =>
            Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")).AllowAnonymous();
    }

    private static async ValueTask<object?> CheckFormTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var forms = context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>();
        return await forms.IsRequestValidAsync(context.HttpContext) ? await next(context) : Results.BadRequest();
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>The links that lead to the school's sign-in. They are links and no forms: a form of these pages may lead nowhere else.</summary>
internal static class SchoolSignInEndpoints
{
    public const string Begin = "/staff/school";
    public const string End = "/staff/school/sign-out";

    /// <param name="again">Not null: who is signed in already proves once more who they are.</param>
    public static string BeginFor(string? next, string? again) =>
        LocalAddress.With(Begin, next) is var address && again is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}again=yes";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Begin, async (
            HttpContext http, [FromServices] IServiceProvider services, [FromServices] SchoolSignIn school, [FromServices] ILogger<SchoolSignInEvents> logger, string? next,
            string? person, string? invitation, string? again) =>
        {
            if (services.GetService(typeof(SchoolSignInSettings)) is null) return Results.LocalRedirect("/staff/sign-in");
            var properties = new OpenIdConnectChallengeProperties { RedirectUri = LocalAddress.OrHome(next) };
            if (again is not null)
            {
                // In both ways that there are: providers know the one or the other. What counts is the time that comes back.
                (properties.MaxAge, properties.Prompt) = (TimeSpan.Zero, "login");
                properties.Items[SchoolSignIn.AgainItem] = "yes";
            }

            if (invitation is not null)
            {
                if (await school.FindInvitedAsync(person, invitation) is null) return Results.LocalRedirect(SchoolProblems.PageOf(SchoolProblems.Stale));
                (properties.Items[SchoolSignIn.PersonItem], properties.Items[SchoolSignIn.InvitationItem]) = (person, invitation);
            }

            return await LeaveAsync(() => http.ChallengeAsync(SchoolSignInScheme.Name, properties), logger);
        }).AllowAnonymous().RequireRateLimiting(SignInThrottle.Name);

        // Only at the provider: here they are signed out already.
        endpoints.MapGet(End, async (HttpContext http, [FromServices] IServiceProvider services, [FromServices] ILogger<SchoolSignInEvents> logger) =>
            services.GetService(typeof(SchoolSignInSettings)) is null
                ? Results.LocalRedirect("/staff/sign-in")
                : await LeaveAsync(() => http.SignOutAsync(SchoolSignInScheme.Name), logger)).AllowAnonymous().RequireRateLimiting(SignInThrottle.Name);
    }

    private static async Task<IResult> LeaveAsync(Func<Task> leave, ILogger logger)
    {
        try
        {
            await leave();
            return Results.Empty;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException)
        {
            SchoolSignInLog.Down(logger, failure); // what it publishes about itself could not be had
            return Results.LocalRedirect(SchoolProblems.PageOf(SchoolProblems.Down));
        }
    }
}

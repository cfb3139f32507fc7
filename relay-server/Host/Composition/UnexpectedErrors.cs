using AV1Relay.Api.Problems;
using AV1Relay.StaffConsole.Problems;

namespace AV1Relay.RelayServer.Composition;

/// <summary>The edge where an exception that nobody expected ends: logged by ASP.NET with its trace id, shown without detail.</summary>
internal static class UnexpectedErrors
{
    /// <remarks>In a scope of its own: what a page that threw has begun, its navigation for one, begins only once.</remarks>
    public static ExceptionHandlerOptions Handling => new()
    {
        CreateScopeForErrors = true,
        ExceptionHandler = context => ProblemPages.IsFor(context) ? ProblemPages.WriteAsync(context) : ProblemResults.Create(
            StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong here",
            "It was our fault, and it is in the relay's log. Try again.").ExecuteAsync(context),
    };
}

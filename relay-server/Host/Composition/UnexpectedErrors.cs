using AV1Relay.Api.Problems;
using AV1Relay.StaffConsole.Problems;

namespace AV1Relay.RelayServer.Composition;

/// <summary>The edge where an exception that nobody expected ends: logged by ASP.NET with its trace id, shown without detail.</summary>
internal static class UnexpectedErrors
{
    public static void Handle(IApplicationBuilder branch) => branch.Run(context => ProblemPages.IsFor(context) ? ProblemPages.WriteAsync(context) : ProblemResults.Create(
        StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong here",
        "It was our fault, and it is in the relay's log. Try again.").ExecuteAsync(context));
}

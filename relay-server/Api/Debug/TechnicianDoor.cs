using AV1Relay.Api.Problems;
using AV1Relay.Api.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AV1Relay.Api.Debug;

/// <summary>Lets in who bears a technician's token.</summary>
public sealed class TechnicianDoor(TechnicianTokens technicians, IBearerTokens sessions)
{
    /// <param name="session">What is to be looked at; null for the relay as a whole.</param>
    /// <returns>Null to let in; else the answer: 401 without a good token, 403 with a good one for something else.</returns>
    public async ValueTask<ProblemHttpResult?> RefuseAsync(HttpContext context, string? session)
    {
        var header = context.Request.Headers.Authorization.Count == 1 ? context.Request.Headers.Authorization.ToString() : null;
        var (token, problem) = await technicians.ValidateAsync(header);
        if (token is not null)
        {
            return token.Session is null || token.Session == session
                ? null
                : ProblemResults.Create(403, "wrong-session", "The token is for one session", "Ask for a token without --session, or look at that session.");
        }

        if ((await sessions.ValidateAsync(header, context.RequestAborted)).Token is not null)
        {
            return ProblemResults.Create(
                403, "wrong-role", "The token is for another role", "Robots, pupils and observers don't look inside: relay-server debug-token makes a token that does.");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResults.Create(401, "unauthenticated", "No good token", $"{problem} relay-server debug-token makes one; send it as 'Authorization: Bearer …'.");
    }
}

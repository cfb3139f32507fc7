using AV1Relay.Api.Problems;
using AV1Relay.Sfu;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.Api.Debug;

/// <summary>A session's inside for technicians: statistics, rights and who is there by role, nothing of who they are.</summary>
public static class DebugEndpoints
{
    public static void MapDebug(this IEndpointRouteBuilder app) =>
        app.MapGet("/debug/session/{session}", async (string session, HttpContext context, TechnicianDoor door, MediaRelay relay) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (await door.RefuseAsync(context, session) is { } refusal) return refusal;
            return await relay.GetStatisticsAsync(session, context.RequestAborted) is { } statistics
                ? Results.Json(SessionReport.Of(statistics), SessionReport.Json)
                : (IResult)ProblemResults.Create(404, "no-such-session", "Nobody is in this session", "Media has to be joined, and not have ended, for there to be something to see.");
        });
}

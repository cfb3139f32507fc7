using AV1Relay.Application.Live;
using AV1Relay.Domain.Sessions;
using AV1Relay.StaffConsole.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.StaffConsole.Pages.Live;

/// <summary>What the script of a session's page asks for every other second.</summary>
internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        AskedByItself.On(endpoints.MapGet("/staff/sessions/{session:guid}/live/now", AnswerAsync)).RequireAuthorization(StaffPolicies.SignedIn);
        endpoints.MapGet("/staff/room/sessions/{session:guid}/now", AnswerAsync).RequireAuthorization(StaffPolicies.RoomLink);
    }

    private static async Task<IResult> AnswerAsync(Guid session, HttpContext http, StaffLive live) =>
        (await live.GlanceAsync(WhoAsks.Of(http.User), new ScheduledSessionId(session), http.RequestAborted)).TryGet(out var now, out _)
            ? Results.Json(LiveText.Of(now))
            : Results.LocalRedirect("/staff/not-found"); // the page loads itself anew, and says why
}

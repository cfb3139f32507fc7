using AV1Relay.Api.Problems;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.Join;

/// <summary>The pupil's way in: neither the page nor a look at today's step uses a code up, the tap on <i>Join my class</i> does.</summary>
internal static class JoinEndpoints
{
    private const string NotBuiltYet = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>AV1Relay</title>
        <h1>The pupil's page is not built yet</h1>
        <p>Build it with <code>npm ci &amp;&amp; npm run build</code> in <code>student-client</code>, or start the relay with
        <code>--pages DIR</code>.</p>
        """;

    public static void MapJoin(this WebApplication app, PupilPages pages)
    {
        app.MapGet("/", (HttpContext context) => Page(context, pages));
        app.MapGet("/join/{code}", (HttpContext context) => Page(context, pages));
        app.MapPost("/join/{code}", UseCodeAsync).AddEndpointFilter(OwnPages.RefuseOthersAsync);
        app.MapPost("/join/{code}/today", LookAheadAsync).AddEndpointFilter(OwnPages.RefuseOthersAsync);
        app.MapPost("/leave/{session}", LeaveAsync).AddEndpointFilter(OwnPages.RefuseOthersAsync);
        app.MapPost("/before/{session}", RateBeforeAsync).AddEndpointFilter(OwnPages.RefuseOthersAsync);
        app.MapPost("/reflect/{session}", ReflectAsync).AddEndpointFilter(OwnPages.RefuseOthersAsync);
        if (pages.Folder is null || !Directory.Exists(pages.Folder))
            return;
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/app",
            FileProvider = new PhysicalFileProvider(pages.Folder),
            OnPrepareResponse = file =>
            {
                PageHeaders.Apply(file.Context.Response);
                file.Context.Response.Headers.CacheControl = "no-cache"; // asked for again by ETag: a new version shows at once
                file.Context.Response.Headers["Service-Worker-Allowed"] = "/";
            },
        });
    }

    private static IResult Page(HttpContext context, PupilPages pages)
    {
        PageHeaders.Apply(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        return pages.Index is { } index
            ? TypedResults.PhysicalFile(index, "text/html; charset=utf-8")
            : TypedResults.Content(NotBuiltYet, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<IResult> UseCodeAsync(string code, HttpContext context, ScheduledEntry scheduled, AdHocEntry adHoc, CodeDesk desk) => desk.AskAsync(
        code, context,
        stored => ScheduledEntry.Find(stored) is { } booked
            ? scheduled.EnterAsync(booked, stored.Code, context, CancellationToken.None)
            : adHoc.EnterAsync(stored, context, CancellationToken.None));

    /// <summary>Today's step for who has the code, which stays good: nobody comes in by this.</summary>
    private static Task<IResult> LookAheadAsync(string code, HttpContext context, ScheduledEntry scheduled, CodeDesk desk) => desk.AskAsync(
        code, context,
        stored => ScheduledEntry.Find(stored) is { } booked
            ? scheduled.LookAheadAsync(booked, stored.Code, context, context.RequestAborted)
            : Task.FromResult<IResult>(TypedResults.Ok(new LookReply(CapabilitySet.Everything.ToNames())))); // an ad-hoc session has every one

    /// <summary>The pupil has had enough of the session. A page that closes, or is loaded anew, only closes its connection.</summary>
    private static Task<IResult> LeaveAsync(string session, HttpContext context, IBearerTokens tokens, ScheduledEntry scheduled) =>
        AsPupilAsync(session, context, tokens, token => scheduled.LeaveAsync(token, CancellationToken.None));

    /// <summary>The pupil says how it felt before they came in.</summary>
    private static Task<IResult> RateBeforeAsync(string session, HttpContext context, IBearerTokens tokens, LookBackEntry lookBack) =>
        AsPupilAsync(session, context, tokens, token => lookBack.KeepBeforeAsync(token, context, context.RequestAborted));

    /// <summary>The pupil says how it was, or chooses what adults see of it. Nothing waits for either.</summary>
    private static Task<IResult> ReflectAsync(string session, HttpContext context, IBearerTokens tokens, LookBackEntry lookBack) =>
        AsPupilAsync(session, context, tokens, token => lookBack.KeepAsync(token, context, context.RequestAborted));

    private static async Task<IResult> AsPupilAsync(string session, HttpContext context, IBearerTokens tokens, Func<SessionToken, Task<IResult>> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        var authorization = context.Request.Headers.Authorization.Count == 1 ? context.Request.Headers.Authorization.ToString() : null;
        var validation = await tokens.ValidateAsync(authorization, context.RequestAborted);
        if (validation.Token is not { } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return ProblemResults.Create(StatusCodes.Status401Unauthorized, "unauthenticated", "No good token", validation.Problem ?? "A bearer token is needed.");
        }

        return token.Session == session && token.Role is SessionRole.Pupil
            ? await answer(token)
            : ProblemResults.Create(
                StatusCodes.Status403Forbidden, "wrong-session", "The token is for something else", "The pupil uses the token that they came in with.");
    }
}

internal static partial class JoinLog
{
    [LoggerMessage(3301, LogLevel.Information, "A pupil joined session {Session} by a code")]
    public static partial void Joined(ILogger logger, string session);

    [LoggerMessage(3302, LogLevel.Warning, "Unknown codes come far more often than pupils mistype: somebody guesses. An address pauses after one from now on")]
    public static partial void ManyUnknown(ILogger logger);
}

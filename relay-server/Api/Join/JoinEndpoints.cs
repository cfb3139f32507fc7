using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.Problems;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Joining;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.Join;

/// <summary>The pupil's way in: the page never uses a code up, the tap on it does.</summary>
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
        app.MapPost("/leave/{session}", LeaveAsync).AddEndpointFilter(OwnPages.RefuseOthersAsync);
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

    private static async Task<IResult> UseCodeAsync(
        string code,
        HttpContext context,
        IJoinCodes codes,
        ScheduledEntry scheduled,
        AdHocEntry adHoc,
        SourceGuards guards,
        UnknownCodes unknown,
        RelayClock clock,
        RelayMetrics metrics,
        ILogger<JoinReply> logger)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var (source, sources) = (context.Connection.RemoteIpAddress, guards.Joining);
        var wait = sources.Charge(source);
        if (wait > TimeSpan.Zero)
        {
            metrics.JoinTried("paused");
            return JoinProblems.TooMany(context.Response, wait);
        }

        IResult answer;
        try
        {
            var stored = JoinCode.TryCanonicalise(code, out var canonical)
                ? await codes.FindAsync(canonical, context.RequestAborted)
                : null;
            var standing = stored?.StandingAt(clock.Wall);
            if (stored is null || standing is JoinCodeStanding.NotYet)
            {
                metrics.JoinTried("unknown");
                if (unknown.IsOneTooMany(out var isNews)) sources.Pause(source);
                if (isNews) JoinLog.ManyUnknown(logger);
                return JoinProblems.Unknown();
            }

            answer = (standing, ScheduledEntry.Find(stored)) switch
            {
                (not JoinCodeStanding.Usable, _) => JoinProblems.CodeOver(),
                (_, { } booked) => await scheduled.EnterAsync(booked, stored.Code, context, CancellationToken.None),
                _ => await adHoc.EnterAsync(stored, context, CancellationToken.None),
            };
        }
        catch
        {
            sources.Refund(source); // cancelled, or the database failed: nobody learnt anything
            throw;
        }

        if (answer is Ok<JoinReply>) sources.OnRight(source);
        else sources.Refund(source); // right, and too early or too late: it was no guess
        metrics.JoinTried(answer switch
        {
            Ok<JoinReply> => "joined",
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status410Gone } => "over",
            _ => "refused",
        });
        return answer;
    }

    /// <summary>The pupil has had enough of the session. A page that closes, or is loaded anew, only closes its connection.</summary>
    private static async Task<IResult> LeaveAsync(string session, HttpContext context, IBearerTokens tokens, ScheduledEntry scheduled)
    {
        context.Response.Headers.CacheControl = "no-store";
        var authorization = context.Request.Headers.Authorization.Count == 1 ? context.Request.Headers.Authorization.ToString() : null;
        var validation = await tokens.ValidateAsync(authorization, context.RequestAborted);
        if (validation.Token is not { } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return ProblemResults.Create(StatusCodes.Status401Unauthorized, "unauthenticated", "No good token", validation.Problem ?? "A bearer token is needed.");
        }

        if (token.Session != session || token.Role is not SessionRole.Pupil)
            return ProblemResults.Create(StatusCodes.Status403Forbidden, "wrong-session", "The token is for something else", "The pupil leaves with the token that they came in with.");
        return await scheduled.LeaveAsync(token, CancellationToken.None);
    }
}

internal static partial class JoinLog
{
    [LoggerMessage(3301, LogLevel.Information, "A pupil joined session {Session} by a code")]
    public static partial void Joined(ILogger logger, string session);

    [LoggerMessage(3302, LogLevel.Warning, "Unknown codes come far more often than pupils mistype: somebody guesses. An address pauses after one from now on")]
    public static partial void ManyUnknown(ILogger logger);
}

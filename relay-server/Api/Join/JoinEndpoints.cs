using System.Globalization;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.Problems;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Sessions;
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
        app.MapPost("/join/{code}", UseCodeAsync);
        app.MapPost("/leave/{session}", LeaveAsync);
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
        ITokenIssuer tokens,
        ScheduledEntry scheduled,
        IAuditLog audit,
        SourceGuard sources,
        RelayClock clock,
        RelayMetrics metrics,
        ILogger<JoinReply> logger)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var source = context.Connection.RemoteIpAddress;
        var wait = sources.Charge(source);
        if (wait > TimeSpan.Zero)
        {
            metrics.JoinTried("paused");
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ProblemResults.Create(
                StatusCodes.Status429TooManyRequests, "too-many-tries", "Too many tries",
                "That was not right a few times. Have a short rest, then try again.");
        }

        StoredJoinCode? stored;
        bool isUsed;
        try
        {
            stored = JoinCode.TryCanonicalise(code, out var canonical)
                ? await codes.FindAsync(canonical, context.RequestAborted)
                : null;
            if (stored?.StandingAt(clock.Wall) is JoinCodeStanding.Usable && ScheduledEntry.Find(stored) is { } session
                && await scheduled.RefuseAsync(session, PupilDevices.Find(context), context.RequestAborted) is { } refusal)
            {
                // Right, and too early perhaps: the code is not used up.
                sources.Refund(source);
                metrics.JoinTried("refused");
                return refusal;
            }

            isUsed = stored?.StandingAt(clock.Wall) is JoinCodeStanding.Usable
                && await codes.TryUseAsync(stored.Code, clock.Wall, CancellationToken.None);
        }
        catch
        {
            sources.Refund(source); // cancelled, or the database failed: nobody learnt anything
            throw;
        }

        if (stored is null)
        {
            metrics.JoinTried("unknown");
            return ProblemResults.Create(
                StatusCodes.Status404NotFound, "unknown-code", "We don't know this code",
                "Look at each letter again, or ask your key adult for a new code.");
        }

        if (!isUsed)
        {
            sources.Refund(source);
            metrics.JoinTried("over");
            return ProblemResults.Create(
                StatusCodes.Status410Gone, "code-over", "This code does not work any more",
                "A code works once, and only for a short time. Ask your key adult for a new one.");
        }

        sources.OnRight(source);
        if (ScheduledEntry.Find(stored) is { } booked)
        {
            var entered = await scheduled.EnterAsync(booked, PupilDevices.Remember(context, PupilDevices.OfPupilFor), CancellationToken.None);
            metrics.JoinTried(entered is Ok<JoinReply> ? "joined" : "refused");
            return entered;
        }

        var end = stored.SessionEndsAt.ToDateTimeOffset();
        var capabilities = CapabilitySet.Everything; // an ad-hoc session has every one
        var token = tokens.Issue(new SessionToken(
            stored.Session, SessionRole.Pupil, StandingGrant.IdentityOf(PupilDevices.Remember(context, PupilDevices.AdHocFor).Id), null, capabilities,
            clock.WallOffset, end, IsAdHoc: true, RobotName: null));
        await audit.AppendAsync(
            new AuditEntry(clock.Wall, "link", "session.joined", stored.Session, $"pupil's token {token.Id}"), CancellationToken.None);
        metrics.JoinTried("joined");
        JoinLog.Joined(logger, stored.Session);
        return TypedResults.Ok(new JoinReply(stored.Session, token.Value, end, capabilities.ToNames(), $"/whep/{stored.Session}"));
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
}

using System.Globalization;
using System.Text;
using AV1Relay.Api.Problems;
using AV1Relay.Api.Rooms;
using AV1Relay.Api.SessionControl;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Robots;
using AV1Relay.Sfu;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AV1Relay.Api.Whip;

/// <summary>WHIP (RFC 9725) for whoever publishes and WHEP for whoever plays: an offer in, an answer out.</summary>
/// <remarks>
/// A handler reads, authenticates, asks the media relay, replies. Whatever is wrong with a request is found before anything changes.
/// One deviation from the WHEP draft: a pupil's offer may have send-receive audio, because the pupil speaks.
/// </remarks>
public static class WhipEndpoints
{
    private const string OfferType = "application/sdp";
    private const string FragmentType = "application/trickle-ice-sdpfrag";
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    public static void MapWhip(this IEndpointRouteBuilder app)
    {
        foreach (var protocol in (WhipProtocol[])[WhipProtocol.Whip, WhipProtocol.Whep])
        {
            app.MapPost($"/{protocol.Path}/{{session}}", (string session, HttpContext context, IBearerTokens tokens, IRobotRegistry robots, SessionDoor door, IRooms rooms, MediaRelay relay) =>
                JoinAsync(protocol, session, context, tokens, robots, door, rooms, relay));
            app.MapPatch($"/{protocol.Path}/{{session}}/{{resource}}", (string session, string resource, HttpContext context, IBearerTokens tokens, IRobotRegistry robots, SessionDoor door, MediaRelay relay) =>
                RestartAsync(protocol, session, resource, context, tokens, robots, door, relay));
            app.MapDelete($"/{protocol.Path}/{{session}}/{{resource}}", (string session, string resource, HttpContext context, IBearerTokens tokens, IRobotRegistry robots, MediaRelay relay) =>
                LeaveAsync(protocol, session, resource, context, tokens, robots, relay));
            app.MapMethods($"/{protocol.Path}/{{session}}/{{resource?}}", [HttpMethods.Options], (HttpContext context) => Preflight(context));
        }
    }

    private static async Task<IResult> JoinAsync(
        WhipProtocol protocol, string session, HttpContext context, IBearerTokens tokens, IRobotRegistry robots, SessionDoor door, IRooms rooms, MediaRelay relay)
    {
        AllowAnyOrigin(context.Response);
        if (!HasType(context.Request, OfferType)) return WrongType(OfferType);
        var (token, refusal) = await AuthenticateAsync(protocol, session, context, tokens, robots);
        if (token is null) return refusal!; // one of the two is there
        if (!door.Admit(token).TryGet(out var admission, out var refusals)) return ProblemResults.Of(refusals[0], StatusCodes.Status403Forbidden);
        var (offer, tooLong) = await ReadBodyAsync(context.Request, context.RequestAborted);
        if (offer is null) return tooLong!;

        // A scheduled session's rights change while it goes on: they are the room's, and the peer has what its token once said.
        var request = new JoinRequest(
            session, PeerRoleOf(token.Role), token.Identity, MediaRightsOf.Capabilities(token.Capabilities), offer, token.DisplayName, token.NotAfter,
            admission.OfSession is { } ofSession ? MediaRightsOf.Capabilities(ofSession) : null);
        switch (await relay.JoinAsync(request, context.RequestAborted))
        {
            case JoinOutcome.Joined joined:
                await LimitAnewAsync(token, admission, door, rooms);
                context.Response.Headers.Location = $"/{protocol.Path}/{session}/{joined.ResourceId}";
                context.Response.Headers.ETag = joined.ETag;
                context.Response.Headers["Accept-Patch"] = FragmentType;
                return TypedResults.Text(joined.AnswerSdp, OfferType, Encoding.UTF8, StatusCodes.Status201Created);
            case JoinOutcome.Refused refused:
                return Refuse(refused, context.Response);
            case var unknown:
                throw new InvalidOperationException($"Unknown outcome {unknown.GetType().Name}.");
        }
    }

    /// <summary>What was decided while somebody came in is not undone by what they were let in with.</summary>
    private static async Task LimitAnewAsync(SessionToken token, Admission admission, SessionDoor door, IRooms rooms)
    {
        if (admission.OfSession is null) return;
        if (!door.Admit(token).TryGet(out var now, out _))
            await rooms.SendAwayAsync(token.Session, token.Identity, "The grant ended meanwhile.", CancellationToken.None);
        else if (now.OfSession is { } capabilities && capabilities != admission.OfSession)
            await rooms.LimitAsync(token.Session, capabilities, CancellationToken.None);
    }

    private static async Task<IResult> RestartAsync(
        WhipProtocol protocol, string session, string resource, HttpContext context, IBearerTokens tokens, IRobotRegistry robots, SessionDoor door, MediaRelay relay)
    {
        AllowAnyOrigin(context.Response);
        if (!HasType(context.Request, FragmentType)) return WrongType(FragmentType);
        var (token, refusal) = await AuthenticateAsync(protocol, session, context, tokens, robots);
        if (token is null) return refusal!; // one of the two is there
        if (door.Admit(token) is { IsRefused: true, Refusals: [var why, ..] }) return ProblemResults.Of(why, StatusCodes.Status403Forbidden);
        var (fragment, tooLong) = await ReadBodyAsync(context.Request, context.RequestAborted);
        if (fragment is null) return tooLong!;

        var ifMatch = context.Request.Headers.IfMatch.Count == 0 ? null : context.Request.Headers.IfMatch.ToString();
        switch (await relay.RestartIceAsync(session, resource, token.Identity, ifMatch, fragment, context.RequestAborted))
        {
            case RestartOutcome.Restarted restarted:
                context.Response.Headers.ETag = restarted.ETag;
                return TypedResults.Text(restarted.SdpFragment, FragmentType, Encoding.UTF8, StatusCodes.Status200OK);
            case RestartOutcome.CandidatesIgnored:
                return TypedResults.NoContent();
            case RestartOutcome.Refused refused:
                return Refuse(refused, context.Response);
            case var unknown:
                throw new InvalidOperationException($"Unknown outcome {unknown.GetType().Name}.");
        }
    }

    private static async Task<IResult> LeaveAsync(
        WhipProtocol protocol, string session, string resource, HttpContext context, IBearerTokens tokens, IRobotRegistry robots, MediaRelay relay)
    {
        AllowAnyOrigin(context.Response);
        var (token, refusal) = await AuthenticateAsync(protocol, session, context, tokens, robots);
        if (token is null) return refusal!; // one of the two is there
        return await relay.LeaveAsync(session, resource, token.Identity, context.RequestAborted)
            ? TypedResults.Ok()
            : NoSuchResource();
    }

    private static NoContent Preflight(HttpContext context)
    {
        AllowAnyOrigin(context.Response);
        context.Response.Headers.AccessControlAllowMethods = "POST, PATCH, DELETE, OPTIONS";
        context.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, If-Match";
        context.Response.Headers.AccessControlMaxAge = "86400";
        context.Response.Headers["Accept-Post"] = OfferType;
        return TypedResults.NoContent();
    }

    private static async Task<(SessionToken? Token, IResult? Refusal)> AuthenticateAsync(
        WhipProtocol protocol, string session, HttpContext context, IBearerTokens tokens, IRobotRegistry robots)
    {
        var authorization = context.Request.Headers.Authorization.Count == 1 ? context.Request.Headers.Authorization.ToString() : null;
        var validation = await tokens.ValidateAsync(authorization, context.RequestAborted);
        if (validation.Token is not { } token)
            return (null, Unauthenticated(context.Response, validation.Problem));

        if (token.Session != session)
            return (null, ProblemResults.Create(403, "wrong-session", "The token is for another session", "Use the address that came with the token."));
        if (!protocol.Allows(token.Role))
        {
            return (null, ProblemResults.Create(
                403, "wrong-role", "The token is for another role",
                $"A {token.Role.ToString().ToLowerInvariant()} does not use /{protocol.Path}: robots publish by /whip, pupils and observers play by /whep."));
        }

        if (token is { Role: SessionRole.Robot, RobotName: { } name }
            && await robots.FindAsync(name, context.RequestAborted) is not { IsRemoved: false })
            return (null, Unauthenticated(context.Response, "The token's robot has been removed from this relay."));

        return (token, null);
    }

    private static ProblemHttpResult Unauthenticated(HttpResponse response, string? problem)
    {
        response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResults.Create(401, "unauthenticated", "No good token", $"{problem} Ask for a new one and send it as 'Authorization: Bearer …'.");
    }

    private static bool HasType(HttpRequest request, string type)
        => request.ContentType is { } contentType
            && contentType.AsSpan(0, contentType.IndexOf(';') is var end and >= 0 ? end : contentType.Length).Trim().Equals(type, StringComparison.OrdinalIgnoreCase);

    private static async Task<(string? Body, IResult? Refusal)> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes) return (null, TooLong());
        while (true) // no buffer of our own: at the lesson bell the largest possible one for each join was most of what the collector had to clear
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.Length > MaxBodyBytes)
            {
                request.BodyReader.AdvanceTo(buffer.End);
                return (null, TooLong());
            }

            if (read.IsCompleted)
            {
                var body = Encoding.UTF8.GetString(buffer);
                request.BodyReader.AdvanceTo(buffer.End);
                return (body, null);
            }

            request.BodyReader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static ProblemHttpResult TooLong()
        => ProblemResults.Create(413, "too-large", "The body is too large", "A description may have 64 kB: offer fewer codecs and candidates.");

    private static ProblemHttpResult Refuse(JoinOutcome.Refused refused, HttpResponse response)
    {
        switch (refused.Reason)
        {
            case JoinRefusal.MalformedOffer:
                return ProblemResults.Create(400, "malformed-offer", "The offer can't be read", refused.Detail);
            case JoinRefusal.NothingUsable:
                return ProblemResults.Create(422, "nothing-usable", "Nothing in the offer can be used here", refused.Detail);
            case JoinRefusal.SomebodyElseIsThere:
                return ProblemResults.Create(409, "somebody-else", "Somebody else is there", refused.Detail);
            case JoinRefusal.WindowHasEnded:
                return ProblemResults.Create(403, "window-ended", "The session's time is over", refused.Detail);
            case JoinRefusal.TooMany:
                RetryLater(response);
                return ProblemResults.Create(429, "too-many", "Too many at once", refused.Detail);
            case JoinRefusal.Draining:
                RetryLater(response);
                return ProblemResults.Create(503, "draining", "This relay is stopping", refused.Detail);
            default:
                throw new InvalidOperationException($"Unknown refusal {refused.Reason}.");
        }
    }

    private static ProblemHttpResult Refuse(RestartOutcome.Refused refused, HttpResponse response)
    {
        switch (refused.Reason)
        {
            case RestartRefusal.Malformed:
                return ProblemResults.Create(400, "malformed-fragment", "The fragment can't be read", refused.Detail);
            case RestartRefusal.NotFound:
                return NoSuchResource();
            case RestartRefusal.StaleETag:
                return ProblemResults.Create(412, "stale-etag", "The ICE session has changed since", refused.Detail);
            case RestartRefusal.ETagMissing:
                return ProblemResults.Create(428, "etag-missing", "If-Match is missing", refused.Detail);
            case RestartRefusal.Busy:
                RetryLater(response);
                return ProblemResults.Create(503, "busy", "The relay is busy", refused.Detail);
            default:
                throw new InvalidOperationException($"Unknown refusal {refused.Reason}.");
        }
    }

    private static ProblemHttpResult WrongType(string expected)
        => ProblemResults.Create(415, "wrong-type", "Unexpected content type", $"Send the body as {expected}.");

    private static ProblemHttpResult NoSuchResource()
        => ProblemResults.Create(404, "no-such-resource", "No such connection", "It has left or timed out: POST a new offer with the same token.");

    private static void RetryLater(HttpResponse response)
        => response.Headers.RetryAfter = TryAgainAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    // Any page may try: what lets it in is the token, which no browser sends by itself.
    private static void AllowAnyOrigin(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = "Location, ETag, Link, Retry-After, Accept-Patch";
    }

    private static PeerRole PeerRoleOf(SessionRole role) => role switch
    {
        SessionRole.Robot => PeerRole.Robot,
        SessionRole.Pupil => PeerRole.Pupil,
        SessionRole.Observer => PeerRole.Observer,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Unknown role."),
    };
}

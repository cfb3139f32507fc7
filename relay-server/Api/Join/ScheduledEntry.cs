using System.Globalization;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Problems;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Tokens;
using AV1Relay.Application.Running;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AV1Relay.Api.Join;

/// <summary>The pupil's way into a session on the calendar, and out of it.</summary>
internal sealed class ScheduledEntry(
    RunningSessions running, GrantKeeper grants, LookedAtCodes looked, ITokenIssuer tokens, RelayEndpoints endpoints, RelayClock clock,
    ILogger<ScheduledEntry> logger)
{
    /// <summary>The session on the calendar that a code is for; null: a technician's.</summary>
    public static ScheduledSessionId? Find(StoredJoinCode code) =>
        Guid.TryParseExact(code.Session, "D", out var id) ? new ScheduledSessionId(id) : null;

    /// <summary>Answers once the relay knows: the page may come in with its token at once. Who is refused, too early perhaps, keeps the code.</summary>
    /// <param name="code">In its canonical spelling; used up when the pupil is let in.</param>
    public async Task<IResult> EnterAsync(ScheduledSessionId session, string code, HttpContext context, CancellationToken cancellationToken)
    {
        var now = clock.Wall;
        if (!(await running.JoinAsync(session, code, PupilDevices.Find(context).Id, now, cancellationToken)).TryGet(out var joined, out var refusals))
        {
            if (refusals[0] == RunningSessions.CodeOver) return JoinProblems.CodeOver();
            if (await running.FindWaitAsync(session, refusals[0], now, cancellationToken) is { } wait) JoinProblems.WorthWaiting(context.Response, wait);
            return ProblemResults.Of(refusals[0], StatusCodes.Status409Conflict);
        }

        await grants.LookNowAsync(cancellationToken);
        PupilDevices.Remember(context, endpoints.Current.PageUrl, PupilDevices.OfPupilFor);

        var grant = joined.Grant;
        var token = tokens.Issue(new SessionToken(
            grant.Session.Value, SessionRole.Pupil, StandingGrant.IdentityOf(grant.PupilDevice), null, grant.Capabilities,
            now.ToDateTimeOffset(), joined.MayLastUntil.ToDateTimeOffset(), IsAdHoc: false, RobotName: null));
        JoinLog.Joined(logger, grant.Session.Value);
        return TypedResults.Ok(new JoinReply(
            grant.Session.Value, token.Value, grant.Window.End.ToDateTimeOffset(), grant.Capabilities.ToNames(), $"/whep/{grant.Session}",
            new StepToday(joined.Step.Situation, joined.Step.WhoIsThere, joined.Lesson)));
    }

    /// <summary>Shows today's step. The code stays as it is, and the browser keeps nothing.</summary>
    /// <param name="code">In its canonical spelling.</param>
    public async Task<IResult> LookAheadAsync(ScheduledSessionId session, string code, HttpContext context, CancellationToken cancellationToken)
    {
        var device = PupilDevices.Find(context).Id;
        if (!(await running.LookAheadAsync(session, device, isNews: !looked.Has(code), clock.Wall, cancellationToken)).TryGet(out var ahead, out var refusals))
            return ProblemResults.Of(refusals[0], StatusCodes.Status409Conflict);
        looked.Add(code);
        return TypedResults.Ok(new LookReply(
            ahead.Capabilities.ToNames(), new StepToday(ahead.Step.Situation, ahead.Step.WhoIsThere, ahead.Lesson), ahead.BeginsAt?.ToString("HH:mm", CultureInfo.InvariantCulture)));
    }

    /// <param name="token">The pupil's.</param>
    public async Task<IResult> LeaveAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(token.Session, "D", out var id)) return TypedResults.NoContent(); // a technician's session has no life to end
        var device = grants.Find(token.Session)?.PupilDevice;
        if (device is null) return TypedResults.NoContent(); // over already: leaving changes nothing
        if (token.Identity != StandingGrant.IdentityOf(device)) return ProblemResults.Of(BearerRefusals.OtherDevice, StatusCodes.Status409Conflict);
        if (await running.LeaveAsync(new ScheduledSessionId(id), device, clock.Wall, cancellationToken) is { IsRefused: true, Refusals: [var why, ..] })
            return ProblemResults.Of(why, StatusCodes.Status409Conflict);
        await grants.LookNowAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}

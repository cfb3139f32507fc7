using AV1Relay.Api.Clock;
using AV1Relay.Api.Metrics;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Api.Rooms;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace AV1Relay.Api.SessionControl;

/// <summary>The pupil's side of a session: commands up, state down.</summary>
internal sealed class SessionControlService(
    IBearerTokens tokens,
    LiveSessions sessions,
    RobotLinkTable links,
    GrantKeeper grants,
    SessionDoor door,
    IRooms rooms,
    RelayClock clock,
    RelayMetrics metrics,
    IHostApplicationLifetime lifetime) : Protos.V1.SessionControl.SessionControlBase
{
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(100);

    public override async Task<ControlReply> Send(ControlRequest request, ServerCallContext context)
    {
        var token = await AuthenticateAsync(context);
        if (token.Role is not SessionRole.Pupil)
            throw Refuse("wrong_role", StatusCode.PermissionDenied, "Only the pupil controls the robot.");
        if (request.Command is not { } command)
            throw Refuse("malformed", StatusCode.InvalidArgument, "There is no command in the request.");
        if (!door.Admit(token).TryGet(out var admission, out var refusals))
            throw Refuse("not_now", StatusCode.FailedPrecondition, refusals[0].ToString());
        if (links.FindBySession(token.Session) is not { Grant: { } grant } link)
            throw Refuse("no_robot", StatusCode.FailedPrecondition, "The robot is not there yet.");

        var verdict = sessions.Get(token.Session).Judge(
            command,
            token.Identity,
            admission.Capabilities,
            accepted => link.Outbox.Post(new RelayMessage { Command = accepted, FencingNumber = grant.FencingNumber }));
        return verdict switch
        {
            CommandVerdict.Accepted => Reply("accepted", string.Empty),
            CommandVerdict.Stale => Reply("stale", "The command came too late."),
            CommandVerdict.OutOfOrder => Reply("out_of_order", "A newer command was there before it."),
            CommandVerdict.TooFast => throw Refuse("too_fast", StatusCode.ResourceExhausted, "Too many commands: at most 50 a second."),
            CommandVerdict.OutsideStep => throw Refuse("outside_step", StatusCode.PermissionDenied, "Today's step does not include this."),
            CommandVerdict.SomebodyElse => throw Refuse(
                "somebody_else", StatusCode.FailedPrecondition, "Another device is in control of the robot."),
            _ => throw Refuse("out_of_range", StatusCode.InvalidArgument, "The command asks for nothing, or for a value out of range."),
        };
    }

    public override async Task Watch(
        WatchRequest request, IServerStreamWriter<SessionState> responseStream, ServerCallContext context)
    {
        var token = await AuthenticateAsync(context);
        if (token.Role is SessionRole.Robot)
            throw Refuse("wrong_role", StatusCode.PermissionDenied, "A robot has its own link.");
        var session = sessions.Get(token.Session);
        var watcher = session.Watch(token.Identity, token.Role is SessionRole.Observer)
            ?? throw Refuse("too_many", StatusCode.ResourceExhausted, "Too many watch this session already.");

        using var closing = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        metrics.WatcherCounted(+1);
        try
        {
            await WatchAsync(token, session, watcher, responseStream, closing.Token);
        }
        catch (OperationCanceledException)
        {
            // The page has gone, or the relay stops: told below.
        }
        finally
        {
            session.Unwatch(watcher);
            metrics.WatcherCounted(-1);
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
            throw new RpcException(new Status(StatusCode.Unavailable, "The relay stops: come back in a moment."));
    }

    private async Task WatchAsync(
        SessionToken token,
        LiveSession session,
        SessionWatcher watcher,
        IServerStreamWriter<SessionState> page,
        CancellationToken cancellationToken)
    {
        var end = token.NotAfter;
        while (true)
        {
            var isAdmitted = door.Admit(token).TryGet(out var admission, out var refusals);
            if (admission?.OfSession is not null)
                end = admission.Until.ToDateTimeOffset(); // staff may have put it off
            else if (grants.Find(token.Session)?.Window.End.ToDateTimeOffset() is { } windowEnd && windowEnd < token.NotAfter)
                end = windowEnd;
            var left = end - clock.WallOffset;
            var capabilities = admission?.Capabilities ?? CapabilitySet.Nothing;
            if (left <= TimeSpan.Zero || !isAdmitted)
            {
                var last = Describe(token, session, capabilities, end);
                (last.Ended, last.EndedReason) = (true, left <= TimeSpan.Zero ? "Today's time with the robot is over." : refusals[0].ToString());
                await page.WriteAsync(last, cancellationToken);
                return;
            }

            await page.WriteAsync(Describe(token, session, capabilities, end), cancellationToken);
            // Changes that come meanwhile are told together.
            await Task.Delay(AtMostEvery, clock.Time, cancellationToken);
            await watcher.WaitAsync(left < Heartbeat ? left : Heartbeat, clock.Time, cancellationToken);
        }
    }

    private SessionState Describe(SessionToken token, LiveSession session, CapabilitySet capabilities, DateTimeOffset end)
    {
        var state = new SessionState
        {
            RelayNowMs = clock.NowMs,
            Session = token.Session,
            NotAfterUnixMs = end.ToUnixTimeMilliseconds(),
        };
        state.Capabilities.AddRange(ProtoCapabilities.From(capabilities));
        if (links.FindBySession(token.Session) is { } link)
        {
            state.RobotPresent = true;
            state.Robot = link.State?.Clone();
            if (state.Robot is not null)
                state.Robot.LastCommandSequence = session.ForController(state.Robot.LastCommandSequence);
        }

        if (rooms.Find(token.Session) is { } room)
        {
            state.RobotPublishing = room.RobotPublishing;
            state.PupilPresent = room.PupilPresent;
            state.Observers.AddRange(room.Observers);
        }

        return state;
    }

    private async Task<SessionToken> AuthenticateAsync(ServerCallContext context)
    {
        var header = context.GetHttpContext().Request.Headers.Authorization.ToString();
        var validation = await tokens.ValidateAsync(header, context.CancellationToken);
        return validation.Token
            ?? throw Refuse("no_token", StatusCode.Unauthenticated, validation.Problem ?? "A bearer token is needed.");
    }

    private ControlReply Reply(string outcome, string reason)
    {
        metrics.CommandJudged(outcome);
        return new ControlReply { RelayNowMs = clock.NowMs, Accepted = reason.Length == 0, Reason = reason };
    }

    private RpcException Refuse(string outcome, StatusCode code, string words)
    {
        metrics.CommandJudged(outcome);
        return new RpcException(new Status(code, words));
    }
}

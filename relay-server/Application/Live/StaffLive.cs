using System.Collections.Frozen;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Live;

/// <summary>A session as whoever stands in the room looks after it: what the robot does at this moment, the curtain, a raised hand, its end.</summary>
public sealed class StaffLive
{
    private const int Tries = 3; // what the relay notes meanwhile is no reason to keep somebody from ending a session

    private static readonly Operation[] Offered =
        [Operation.PlaceRobot, Operation.DrawCurtain, Operation.AcknowledgeHand, Operation.ExtendSession, Operation.EndSession];

    private readonly Desk _desk;
    private readonly StaffSchedule _schedule;
    private readonly IRobotsNow _robots;

    internal StaffLive(Desk desk, StaffSchedule schedule, IRobotsNow robots) => (_desk, _schedule, _robots) = (desk, schedule, robots);

    /// <summary>Opens the page: noted as any look at a session is.</summary>
    public async Task<Outcome<LiveSession>> OpenAsync(Caller caller, ScheduledSessionId id, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(caller, Operation.ReadLiveState, work => FindAsync(work, caller, id, cancellationToken), cancellationToken);
        return Now(looked);
    }

    /// <summary>
    /// The same again, for a page that is open and asks every other second. The right is asked for each time; that somebody looks was noted when
    /// they opened it.
    /// </summary>
    public async Task<Outcome<LiveSession>> GlanceAsync(Caller caller, ScheduledSessionId id, CancellationToken cancellationToken) =>
        Now(await _desk.GlanceAsync(caller, Operation.ReadLiveState, work => FindAsync(work, caller, id, cancellationToken), cancellationToken));

    /// <param name="drawn">False: lifts it. What was drawn with the robot's own button is lifted there alone.</param>
    public async Task<Outcome<LiveSession>> DrawCurtainAsync(Caller caller, ScheduledSessionId id, bool drawn, CancellationToken cancellationToken)
    {
        var asked = await WishAsync(
            caller, id, Operation.DrawCurtain, drawn ? RobotWish.DrawCurtain : RobotWish.LiftCurtain,
            robot => !drawn && robot.IsCurtainAtRobot ? LiveRefusals.CurtainAtRobot : null,
            AuditedValue.Written("curtain", drawn ? "lifted" : "drawn", drawn ? "drawn" : "lifted"), cancellationToken);
        return await DoneAsync(caller, id, asked, robot => robot.IsCurtainDrawn == drawn, cancellationToken);
    }

    /// <summary>Somebody in the room has seen the raised hand.</summary>
    public async Task<Outcome<LiveSession>> AcknowledgeHandAsync(Caller caller, ScheduledSessionId id, CancellationToken cancellationToken)
    {
        var asked = await WishAsync(
            caller, id, Operation.AcknowledgeHand, RobotWish.HandSeen, _ => null, AuditedValue.Written("hand", "raised", "seen"), cancellationToken);
        return await DoneAsync(caller, id, asked, robot => !robot.IsHandRaised, cancellationToken);
    }

    /// <summary>The robot stands in its place.</summary>
    public Task<Outcome<ReadSession>> PlaceAsync(
        Caller caller, ScheduledSessionId id, bool batteryLasts, bool wifiHolds, bool soundIsHeard, CancellationToken cancellationToken) => AgainAsync(
        caller, id,
        session => _schedule.PlaceAsync(
            caller, new SessionChangeRequest(id, session.Version), new RobotCheck(session.Value.Booked.RobotName, batteryLasts, wifiHolds, soundIsHeard), cancellationToken),
        cancellationToken);

    /// <summary>Puts the end off, if nothing follows.</summary>
    public Task<Outcome<ReadSession>> ExtendAsync(Caller caller, ScheduledSessionId id, Duration more, CancellationToken cancellationToken) => AgainAsync(
        caller, id, session => _schedule.ExtendAsync(caller, new SessionChangeRequest(id, session.Version), more, cancellationToken), cancellationToken);

    /// <param name="why">In the person's words; may be empty.</param>
    public Task<Outcome<ReadSession>> EndAsync(Caller caller, ScheduledSessionId id, string why, CancellationToken cancellationToken) => AgainAsync(
        caller, id, session => _schedule.EndAsync(caller, new SessionChangeRequest(id, session.Version, why), cancellationToken), cancellationToken);

    /// <summary>With the session as it stands, however often the relay has noted something in it meanwhile.</summary>
    private async Task<Outcome<ReadSession>> AgainAsync(
        Caller caller, ScheduledSessionId id, Func<Kept<ScheduledSession>, Task<Outcome<ReadSession>>> ask, CancellationToken cancellationToken)
    {
        for (var left = Tries; ; left--)
        {
            var kept = await _desk.PeekAsync(caller, work => work.Sessions.FindAsync(id, cancellationToken), cancellationToken);
            if (kept is null) return Outcome.Refused<ReadSession>((await _schedule.ReadAsync(caller, id, cancellationToken)).Refusals);
            var outcome = await ask(kept);
            if (left == 1 || !outcome.Refusals.Contains(RecordRefusals.ChangedMeanwhile)) return outcome;
        }
    }

    private async Task<Outcome<LiveSession>> DoneAsync(
        Caller caller, ScheduledSessionId id, Outcome<Sent> asked, Func<RobotNow, bool> isDone, CancellationToken cancellationToken)
    {
        if (!asked.TryGet(out var sent, out var refusals)) return Outcome.Refused<LiveSession>(refusals);
        return await _robots.WaitAsync(sent.Robot, isDone, cancellationToken) ? await GlanceAsync(caller, id, cancellationToken) : LiveRefusals.NoAnswer;
    }

    /// <summary>Whether they may is read first. Then the wish goes, and only then is it noted: a database that is slow to write holds no curtain up.</summary>
    private Task<Outcome<Sent>> WishAsync(
        Caller caller, ScheduledSessionId id, Operation operation, RobotWish wish, Func<RobotNow, Refusal?> whyNot, AuditedValue value,
        CancellationToken cancellationToken) => _desk.ChangeAsync<Kept<ScheduledSession>, Sent>(
        caller, operation, "", [],
        async work => await work.Sessions.FindAsync(id, cancellationToken) is { Value.Booked: var booked } kept
            ? new Asked<Kept<ScheduledSession>>(kept, await work.SubjectOfAsync(booked, cancellationToken), $"session {id}")
            : null,
        (_, kept, _) => Task.FromResult(Send(kept.Value, wish, whyNot, value)),
        cancellationToken);

    private Outcome<Done<Sent>> Send(ScheduledSession session, RobotWish wish, Func<RobotNow, Refusal?> whyNot, AuditedValue value)
    {
        var name = session.Booked.RobotName;
        if (_robots.Find(name) is not { } robot) return LiveRefusals.RobotAway;
        if (robot.Session != session.Id.ToString()) return LiveRefusals.NotOn;
        if ((whyNot(robot) ?? _robots.Send(name, session.Id, wish)) is { } refusal) return refusal;
        return new Done<Sent>(new Sent(name), value);
    }

    private async Task<Asked<Found>?> FindAsync(IWork work, Caller caller, ScheduledSessionId id, CancellationToken cancellationToken)
    {
        if (await work.Sessions.FindAsync(id, cancellationToken) is not { Value.Booked: var booked } kept) return null;
        var about = await work.SubjectOfAsync(booked, cancellationToken);
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        var room = (await work.SchoolTimes.FindAsync(booked.School, cancellationToken))?.Value.Rooms.FirstOrDefault(room => room.Id == booked.Room)?.Name ?? "a room";
        var may = Offered.Where(operation => !AccessPolicy.Check(assignments, operation, about, _desk.Now).IsRefused).ToFrozenSet();
        var names = await work.NamesOutsideAsync(booked.School, [booked.Pupil], cancellationToken);
        return new Asked<Found>(new Found(kept, room, may, names.Of.GetValueOrDefault(booked.Pupil)), about, $"session {id}");
    }

    private Outcome<LiveSession> Now(Outcome<Shown<Found>> looked)
    {
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<LiveSession>(refusals);
        var (kept, room, may, name) = shown.Value;
        var booked = kept.Value.Booked;
        return new LiveSession(
            new ReadSession(kept.Value, kept.Version, shown.Permission.LeftOut), room, _robots.Find(booked.RobotName), _robots.IsPupilIn(kept.Value.Id), may, name,
            _desk.Now.InZone(booked.Zone).TimeOfDay);
    }

    private sealed record Found(Kept<ScheduledSession> Kept, string Room, FrozenSet<Operation> May, PersonalText? PupilsName);

    private sealed record Sent(string Robot);
}

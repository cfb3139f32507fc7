using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Running;

/// <summary>What the relay itself does with scheduled sessions: lets time pass, decides what is granted, lets pupils in, notes what it sees.</summary>
/// <remarks>No person asks for it: <see cref="RelayItself"/> stands beside what it writes. Each session is a piece of work of its own, so that one that can't be kept stops no other.</remarks>
public sealed partial class RunningSessions(IRecords records, IGrantNumbers numbers)
{
    /// <summary>So many sessions are looked at, the earliest first: several times what a relay carries.</summary>
    public const int Most = 2_000;

    /// <summary>What begins within this time is seen in time.</summary>
    private static readonly Duration Ahead = Duration.FromMinutes(1);

    /// <summary>Lets time do what it does to each session that has begun: missed, warned of its end, ended, or no longer agreed.</summary>
    /// <returns>What became of each that changed, and whom to tell. Asking again says nothing again.</returns>
    public async Task<ImmutableArray<TimePassed>> OnTimeAsync(Instant now, CancellationToken cancellationToken)
    {
        var due = new List<ScheduledSession>();
        await using (var work = await ReadAsync(now, cancellationToken))
        {
            var settings = await work.SettingsAsync(cancellationToken);
            foreach (var kept in await work.Sessions.UnfinishedAsync(now, Most, cancellationToken))
            {
                if (!ReferenceEquals((await PassAsync(work, kept.Value, settings, now, cancellationToken)).Session, kept.Value)) due.Add(kept.Value);
            }
        }

        var passed = ImmutableArray.CreateBuilder<TimePassed>();
        foreach (var session in due)
        {
            TimePassed? change = null;
            var outcome = await ChangeAsync(
                session, now,
                async (work, current) =>
                {
                    change = await PassAsync(work, current, await work.SettingsAsync(cancellationToken), now, cancellationToken);
                    if (!ReferenceEquals(change.Session, current))
                        work.Record(RunningAudit.Entry(RunningAudit.Relay, RunningAudit.OfTime(change.Session), current, change.Session, now));
                    return change.Session;
                },
                cancellationToken);
            if (!outcome.IsRefused && change is { } kept && !ReferenceEquals(kept.Session, session)) passed.Add(kept);
        }

        return passed.DrainToImmutable();
    }

    /// <summary>What each session that has begun allows now. A grant carries its fencing number; what was refused has none any more.</summary>
    public async Task<Decisions> DecideAsync(Instant now, CancellationToken cancellationToken)
    {
        var again = now + Ahead;
        var decided = new List<DecidedSession>();
        await using (var work = await ReadAsync(now, cancellationToken))
        {
            var settings = await work.SettingsAsync(cancellationToken);
            foreach (var kept in await work.Sessions.UnfinishedAsync(again, Most, cancellationToken))
            {
                var session = kept.Value;
                foreach (var instant in (Instant?[])[session.Window.Start, session.Window.End, session.NextTime(settings.Sessions)])
                {
                    if (instant > now && instant < again) again = instant.Value;
                }

                if (session.Window.Start <= now)
                    decided.Add(new DecidedSession(session.Id, session.State, await DecideAsync(work, session, settings, now, cancellationToken)));
            }
        }

        return new Decisions([.. await NumberAsync(decided, now, cancellationToken)], again);
    }

    /// <summary>The pupil has had enough: always allowed, and asks for no reason.</summary>
    /// <param name="device">The one that is in the session.</param>
    public Task<Outcome<ScheduledSession>> LeaveAsync(ScheduledSessionId id, string device, Instant now, CancellationToken cancellationToken) => ChangeAsync(
        id, now,
        async (work, session) =>
        {
            if (session.History.Joins.LastOrDefault()?.DeviceId != device) return RunningRefusals.NotIn;
            if (!session.Leave(now, (await work.SettingsAsync(cancellationToken)).Sessions).TryGet(out var left, out var refusals))
                return Outcome.Refused<ScheduledSession>(refusals);
            if (!ReferenceEquals(left, session)) work.Record(RunningAudit.Entry(RunningAudit.Link, AuditSlugs.SessionLeft, session, left, now));
            return left;
        },
        cancellationToken);

    /// <summary>Notes what holds a live session up at this moment, and what does not any more. Saying the same again changes nothing.</summary>
    public Task<Outcome<ScheduledSession>> NoteAsync(
        ScheduledSessionId id, IReadOnlyCollection<PauseReason> holdingUp, Instant now, CancellationToken cancellationToken) => ChangeAsync(
        id, now,
        (work, session) =>
        {
            if (session.State != SessionState.Live) return Task.FromResult<Outcome<ScheduledSession>>(session); // ended meanwhile, and its pauses with it
            var noted = session;
            foreach (var reason in Enum.GetValues<PauseReason>())
            {
                var isOpen = session.History.Pauses.Any(pause => pause.Reason == reason && pause.Until is null);
                if (isOpen == holdingUp.Contains(reason)) continue;
                var next = (isOpen ? noted.Resume(reason, now) : noted.Pause(reason, now)).Value; // live, as it was seen to be
                work.Record(RunningAudit.Entry(
                    RunningAudit.Relay, isOpen ? AuditSlugs.SessionResumed : AuditSlugs.SessionPaused, noted, next, now,
                    AuditedValue.Written("pause", isOpen ? reason.ToString() : null, isOpen ? null : reason.ToString())));
                noted = next;
            }

            return Task.FromResult<Outcome<ScheduledSession>>(noted);
        },
        cancellationToken);

    private static async Task<TimePassed> PassAsync(
        IWork work, ScheduledSession session, AuthoritySettings settings, Instant now, CancellationToken cancellationToken)
    {
        var passed = session.OnTime(now, settings.Sessions);
        if (passed.Session.State != SessionState.Live || await FactsAsync(work, session, settings, cancellationToken) is not { } plan) return passed;
        return passed with { Session = passed.Session.EndIfLapsed(plan, now) };
    }

    private static async Task<Outcome<GrantedSession>> DecideAsync(
        IWork work, ScheduledSession session, AuthoritySettings settings, Instant now, CancellationToken cancellationToken) =>
        await DeviceAsync(work, session, cancellationToken) is { } device
            ? await DecideAsync(work, session, device, settings, now, cancellationToken)
            : RunningRefusals.NobodyYet;

    private static async Task<Outcome<GrantedSession>> DecideAsync(
        IWork work, ScheduledSession session, PupilDevice device, AuthoritySettings settings, Instant now, CancellationToken cancellationToken)
    {
        if (await FactsAsync(work, session, settings, cancellationToken) is not { } plan) return RunningRefusals.NoPlan;
        return SessionGrantDecision.Decide(session, plan, device, fencingNumber: 0, now).TryGet(out var grant, out var refusals)
            ? new GrantedSession(grant, session.Booked.Slot.ToInterval(session.Booked.Zone).End + settings.Sessions.LongestExtension)
            : Outcome.Refused<GrantedSession>(refusals);
    }

    /// <summary>The device that is in the session; before anybody is, the pupil's newest, so that the robot is ready when they come.</summary>
    private static async Task<PupilDevice?> DeviceAsync(IWork work, ScheduledSession session, CancellationToken cancellationToken) =>
        session.History.Joins.LastOrDefault() is { } join
            ? (await work.Devices.FindAsync(join.DeviceId, cancellationToken))?.Value
            : (await work.Devices.OfPupilAsync(session.Booked.Pupil, cancellationToken)).Select(kept => kept.Value).Where(device => device.IsBound).MaxBy(device => device.Bound.At);

    private static async Task<PlanFacts?> FactsAsync(IWork work, ScheduledSession session, AuthoritySettings settings, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(session.Booked.Plan, cancellationToken) is { } kept ? await work.FactsAsync(kept.Value, settings, cancellationToken) : null;

    private async Task<List<DecidedSession>> NumberAsync(List<DecidedSession> decided, Instant now, CancellationToken cancellationToken)
    {
        var numbered = new List<DecidedSession>(decided.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var session in decided) // the earliest first: the robot stays where it is
        {
            if (!session.Outcome.TryGet(out var granted, out _))
            {
                await numbers.EndAsync(session.Session, now, cancellationToken);
                numbered.Add(session);
            }
            else if (!taken.Add(granted.Grant.RobotName))
            {
                numbered.Add(session with { Outcome = RunningRefusals.RobotElsewhere }); // booking sees to it that this never is
            }
            else
            {
                var number = await numbers.NumberAsync(granted.Grant, now, cancellationToken);
                numbered.Add(session with { Outcome = granted with { Grant = granted.Grant with { FencingNumber = number } } });
            }
        }

        return numbered;
    }

    private Task<IWork> ReadAsync(Instant now, CancellationToken cancellationToken) => records.BeginAsync(RelayItself.Who, now, [], cancellationToken);

    private async Task<Outcome<ScheduledSession>> ChangeAsync(
        ScheduledSessionId id, Instant now, Func<IWork, ScheduledSession, Task<Outcome<ScheduledSession>>> ask, CancellationToken cancellationToken)
    {
        Kept<ScheduledSession>? known;
        await using (var work = await ReadAsync(now, cancellationToken)) known = await work.Sessions.FindAsync(id, cancellationToken);
        return known is null ? RunningRefusals.NoSuchSession : await ChangeAsync(known.Value, now, ask, cancellationToken);
    }

    /// <param name="known">As it was seen; it is read again when nobody else can change it.</param>
    private async Task<Outcome<ScheduledSession>> ChangeAsync(
        ScheduledSession known, Instant now, Func<IWork, ScheduledSession, Task<Outcome<ScheduledSession>>> ask, CancellationToken cancellationToken)
    {
        Claim[] claims = [Claim.On(known.Booked.Pupil), Claim.OnRobot(known.Booked.RobotName), Claim.On(known.Booked.Carrier)];
        await using var work = await records.BeginAsync(RelayItself.Who, now, claims, cancellationToken);
        if (await work.Sessions.FindAsync(known.Id, cancellationToken) is not { } kept) return RunningRefusals.NoSuchSession;
        if (!(await ask(work, kept.Value)).TryGet(out var next, out var refusals)) return Outcome.Refused<ScheduledSession>(refusals);
        if (ReferenceEquals(next, kept.Value)) return next;
        work.Sessions.Replace(kept, next);
        work.NoteEnd(kept.Value, next);
        return await work.CommitAsync(cancellationToken) is { } conflict ? conflict : next;
    }
}

using AV1Relay.Application.Asking;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Application.Running;

// How a pupil comes in.
public sealed partial class RunningSessions
{
    /// <summary>The code was used meanwhile, or its time is over.</summary>
    public static Refusal CodeOver { get; } = new(
        "join.code-over", "This code does not work any more.", "A code works once, and only for a short time. Ask your key adult for a new one.");

    /// <summary>The pupil comes in by a code, with a device that is theirs from now on. One that came in before gives way.</summary>
    /// <remarks>Code, device and session are kept together: a relay that dies meanwhile leaves the pupil with a code that still works, or lets them in.</remarks>
    /// <param name="code">Used up by this, and with it every other code of the session.</param>
    /// <returns>What they are granted, under its number; refusals are worded for a pupil.</returns>
    public async Task<Outcome<JoinedSession>> JoinAsync(
        ScheduledSessionId id, string code, string device, Instant now, CancellationToken cancellationToken)
    {
        Entry? let = null;
        var outcome = await ChangeAsync(
            id, now,
            async (work, session) =>
            {
                if (!(await LetInAsync(work, session, device, now, cancellationToken)).TryGet(out var entry, out var refusals))
                    return Outcome.Refused<ScheduledSession>(refusals);
                if (!await work.Codes.TryUseAsync(code, now, cancellationToken)) return CodeOver;
                await work.Codes.EndAsync(id.ToString(), now, cancellationToken);
                let = entry;
                Keep(work, entry, now);
                var what = session.State == SessionState.Live ? AuditSlugs.SessionRejoined : AuditSlugs.SessionJoined;
                work.Record(RunningAudit.Entry(RunningAudit.Link, what, session, entry.Session, now));
                return entry.Session;
            },
            cancellationToken);
        if (outcome.IsRefused || let is null) return Outcome.Refused<JoinedSession>(outcome.Refusals);
        var (grant, mayLastUntil) = let.Granted;
        grant = grant with { FencingNumber = await numbers.NumberAsync(grant, now, cancellationToken) };
        return new JoinedSession(grant, mayLastUntil, let.Step, let.Session.Booked.Lesson?.Label);
    }

    /// <summary>The pupil looks at today's step before they come in: nothing is live, no code is used up and no device bound for it.</summary>
    /// <param name="isNews">Whether the audit is to say so: it did not yet, for this code.</param>
    /// <returns>Refusals are worded for a pupil, and say what waiting would not mend.</returns>
    public async Task<Outcome<SessionAhead>> LookAheadAsync(
        ScheduledSessionId id, string device, bool isNews, Instant now, CancellationToken cancellationToken)
    {
        await using var work = await ReadAsync(now, cancellationToken);
        if (await work.Sessions.FindAsync(id, cancellationToken) is not { Value: var session }) return RunningRefusals.NoSuchSession;
        if (session.LookAhead(now) is { IsRefused: true } notNow) return Outcome.Refused<SessionAhead>(notNow.Refusals);
        var settings = await work.SettingsAsync(cancellationToken);
        var facts = await SessionFacts.ReadAsync(work, session, settings, cancellationToken);
        var known = await work.Devices.FindAsync(device, cancellationToken);
        if (!PupilDevice.Bind(known?.Value, device, session.Booked.Pupil, new Act(RelayItself.Who, now)).TryGet(out var bound, out var refusals))
            return Outcome.Refused<SessionAhead>(refusals);
        if (facts.Plan is not { } plan) return RunningRefusals.NoPlan;
        if (facts.PupilsSchool != session.Booked.School) return RunningRefusals.PupilElsewhere;
        var outcome = SessionGrantDecision.LookAhead(session, plan, bound, facts.Station, now);
        if (isNews && !outcome.IsRefused)
        {
            work.Record(new AuditChange(AuditSlugs.SessionLookedAhead, $"session {id}", new Act(RelayItself.Who, now)).ToEntry() with { Who = RunningAudit.Link });
            if (await work.CommitAsync(cancellationToken) is { } conflict) return conflict;
        }

        return outcome;
    }

    /// <summary>After how long it is worth while to ask again, for who came before the lesson began or the robot was ready.</summary>
    /// <param name="why">What they were told.</param>
    /// <returns>Null: waiting does not help.</returns>
    public async Task<Duration?> FindWaitAsync(ScheduledSessionId id, Refusal why, Instant now, CancellationToken cancellationToken)
    {
        if (!ScheduledSession.PassesByWaiting(why)) return null;
        await using var work = await ReadAsync(now, cancellationToken);
        var untilStart = await work.Sessions.FindAsync(id, cancellationToken) is { Value: var session } ? session.Window.Start - now : Duration.Zero;
        return untilStart <= Duration.Zero ? WhileTheRobotIsNotReady : Duration.Min(untilStart, LongestWait);
    }

    private static readonly Duration WhileTheRobotIsNotReady = Duration.FromSeconds(15);
    private static readonly Duration LongestWait = Duration.FromMinutes(1); // the session may be moved or called off meanwhile

    private static async Task<Outcome<Entry>> LetInAsync(
        IWork work, ScheduledSession session, string deviceId, Instant now, CancellationToken cancellationToken)
    {
        var known = await work.Devices.FindAsync(deviceId, cancellationToken);
        var settings = await work.SettingsAsync(cancellationToken);
        var facts = await SessionFacts.ReadAsync(work, session, settings, cancellationToken);
        if (!PupilDevice.Bind(known?.Value, deviceId, session.Booked.Pupil, new Act(RelayItself.Who, now)).TryGet(out var device, out var refusals)
            || !session.Join(deviceId, now).TryGet(out var joined, out refusals)
            || !Decide(joined, facts with { Device = device }, settings, now).TryGet(out var granted, out refusals))
        {
            return Outcome.Refused<Entry>(refusals);
        }

        return new Entry(joined, known, device, granted, facts.Plan!.CurrentStep); // without a plan nothing is granted
    }

    private static void Keep(IWork work, Entry entry, Instant now)
    {
        if (entry.Known is { } known && ReferenceEquals(known.Value, entry.Device)) return;
        if (entry.Known is null) work.Devices.Add(entry.Device);
        else work.Devices.Replace(entry.Known, entry.Device);
        var bound = new AuditChange(
            AuditSlugs.DeviceBound, $"device {entry.Device.Id}", new Act(RelayItself.Who, now), AuditedValue.Written("pupil", null, entry.Device.Pupil.ToString()));
        work.Record(bound.ToEntry() with { Who = RunningAudit.Link });
    }

    private sealed record Entry(ScheduledSession Session, Kept<PupilDevice>? Known, PupilDevice Device, GrantedSession Granted, Step Step);
}

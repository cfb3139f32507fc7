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
/// <remarks>
/// No person asks for it: <see cref="RelayItself"/> stands beside what it writes. Each session is a piece of work of its own, so that one that can't
/// be kept stops no other; one that can't even be read is refused, and the others are decided.
/// </remarks>
public sealed partial class RunningSessions(IRecords records, IGrantNumbers numbers)
{
    /// <summary>So many sessions are looked at, the earliest first: several times what a relay carries.</summary>
    public const int Most = 2_000;

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

    /// <summary>The sessions that have begun by then and are not over, with what decides about them: a constant number of questions to the database.</summary>
    /// <remarks>
    /// When something among them can't be read, each is read on its own and the others go on: slower, and only until it is mended. When the database
    /// doesn't answer at all, that is no session's fault: it is thrown, and what was decided before stands.
    /// </remarks>
    private static async Task<(List<(ScheduledSession Session, SessionFacts Facts)> Read, List<SessionFailure> Failures)> ReadUnfinishedAsync(
        IWork work, Instant by, AuthoritySettings settings, CancellationToken cancellationToken)
    {
        try
        {
            List<ScheduledSession> sessions = [.. (await work.Sessions.UnfinishedAsync(by, Most, cancellationToken)).Select(kept => kept.Value)];
            var facts = await SessionFacts.ReadAllAsync(work, sessions, settings, cancellationToken);
            return ([.. sessions.Select(session => (session, facts[session.Id]))], []);
        }
        catch (Exception failure) when (IsOfOneSession(failure))
        {
            return await ReadOneByOneAsync(work, by, settings, cancellationToken);
        }
    }

    private static async Task<(List<(ScheduledSession Session, SessionFacts Facts)> Read, List<SessionFailure> Failures)> ReadOneByOneAsync(
        IWork work, Instant by, AuthoritySettings settings, CancellationToken cancellationToken)
    {
        List<(ScheduledSession Session, SessionFacts Facts)> read = [];
        List<SessionFailure> failures = [];
        foreach (var id in await work.Sessions.UnfinishedIdsAsync(by, Most, cancellationToken))
        {
            try
            {
                if (await work.Sessions.FindAsync(id, cancellationToken) is { Value: var session })
                    read.Add((session, await SessionFacts.ReadAsync(work, session, settings, cancellationToken)));
            }
            catch (Exception failure) when (IsOfOneSession(failure))
            {
                failures.Add(new SessionFailure(id, failure));
            }
        }

        return (read, failures);
    }

    private static bool IsOfOneSession(Exception failure) => failure is not OperationCanceledException
        && failure is not System.Data.Common.DbException && failure.InnerException is not System.Data.Common.DbException;

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

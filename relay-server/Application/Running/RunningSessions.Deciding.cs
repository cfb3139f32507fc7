using AV1Relay.Application.Asking;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Running;

// What is granted.
public sealed partial class RunningSessions
{
    /// <summary>What begins within this time is seen in time.</summary>
    private static readonly Duration Ahead = Duration.FromMinutes(1);

    /// <summary>What each session that has begun allows now. A grant carries its fencing number; what was refused has none any more.</summary>
    public async Task<Decisions> DecideAsync(Instant now, CancellationToken cancellationToken)
    {
        var again = now + Ahead;
        var decided = new List<DecidedSession>();
        await using var work = await ReadAsync(now, cancellationToken);
        var settings = await work.SettingsAsync(cancellationToken);
        var (read, failures) = await ReadUnfinishedAsync(work, again, settings, cancellationToken);
        foreach (var (session, facts) in read)
        {
            foreach (var instant in (Instant?[])[session.Window.Start, session.Window.End, session.NextTime(settings.Sessions)])
            {
                if (instant > now && instant < again) again = instant.Value;
            }

            if (session.Window.Start > now) continue;
            try
            {
                decided.Add(new DecidedSession(session.Id, session.State, Decide(session, facts, settings, now)));
            }
            catch (Exception failure) when (IsOfOneSession(failure))
            {
                failures.Add(new SessionFailure(session.Id, failure));
            }
        }

        // Nothing goes live for what can't be decided, and what was live for it ends.
        decided.AddRange(failures.Select(failure => new DecidedSession(failure.Session, State: null, RunningRefusals.CannotDecide)));
        return new Decisions([.. await NumberAsync(decided, now, cancellationToken)], [.. failures], again);
    }

    private static Outcome<GrantedSession> Decide(ScheduledSession session, SessionFacts facts, AuthoritySettings settings, Instant now)
    {
        if (facts.Device is not { } device) return RunningRefusals.NobodyYet;
        if (facts.Plan is not { } plan) return RunningRefusals.NoPlan;
        if (facts.PupilsSchool != session.Booked.School) return RunningRefusals.PupilElsewhere;
        return SessionGrantDecision.Decide(session, plan, device, facts.Station, fencingNumber: 0, now).TryGet(out var grant, out var refusals)
            ? new GrantedSession(grant, session.Booked.Slot.ToInterval(session.Booked.Zone).End + settings.Sessions.LongestExtension)
            : Outcome.Refused<GrantedSession>(refusals);
    }

    private async Task<List<DecidedSession>> NumberAsync(List<DecidedSession> decided, Instant now, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        List<SessionGrant> grants = [];
        List<SessionId> ended = [];
        for (var index = 0; index < decided.Count; index++) // the earliest first: the robot stays where it is
        {
            var session = decided[index];
            if (!session.Outcome.TryGet(out var granted, out _)) ended.Add(session.Session);
            else if (taken.Add(granted.Grant.RobotName)) grants.Add(granted.Grant);
            else decided[index] = session with { Outcome = RunningRefusals.RobotInUse }; // booking sees to it that this never is
        }

        var numbered = await numbers.NumberAllAsync(grants, ended, now, cancellationToken);
        return [.. decided.Select(session => session.Outcome.TryGet(out var granted, out _)
            ? session with { Outcome = granted with { Grant = granted.Grant with { FencingNumber = numbered[session.Session] } } }
            : session)];
    }
}

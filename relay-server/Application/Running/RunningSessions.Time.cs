using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Running;

// What time does.
public sealed partial class RunningSessions
{
    /// <summary>Lets time do what it does to each session that has begun: missed, warned of its end, ended, or no longer agreed.</summary>
    /// <returns>What became of each that changed. Asking again says nothing again; what could not be kept is tried again.</returns>
    public async Task<Passing> OnTimeAsync(Instant now, CancellationToken cancellationToken)
    {
        List<(ScheduledSession Session, SessionFacts Facts)> read;
        List<SessionFailure> failures;
        AuthoritySettings settings;
        await using (var work = await ReadAsync(now, cancellationToken))
        {
            settings = await work.SettingsAsync(cancellationToken);
            (read, failures) = await ReadUnfinishedAsync(work, now, settings, cancellationToken);
        }

        var passed = ImmutableArray.CreateBuilder<TimePassed>();
        foreach (var (session, facts) in read)
        {
            try
            {
                if (ReferenceEquals(Pass(session, facts, settings, now).Session, session)) continue;
                if (await PassAsync(session, now, cancellationToken) is { } change) passed.Add(change);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(new SessionFailure(session.Id, failure));
            }
        }

        return new Passing(passed.DrainToImmutable(), [.. failures]);
    }

    /// <returns>Null when nothing is to be kept: somebody was faster, or it has changed meanwhile and is looked at again.</returns>
    private async Task<TimePassed?> PassAsync(ScheduledSession session, Instant now, CancellationToken cancellationToken)
    {
        TimePassed? change = null;
        var outcome = await ChangeAsync(
            session, now,
            async (work, current) =>
            {
                var settings = await work.SettingsAsync(cancellationToken);
                var passed = Pass(current, await SessionFacts.ReadAsync(work, current, settings, cancellationToken), settings, now);
                if (ReferenceEquals(passed.Session, current)) return current;
                work.Record(RunningAudit.Entry(RunningAudit.Relay, RunningAudit.OfTime(passed.Session), current, passed.Session, now));
                change = passed;
                return passed.Session;
            },
            cancellationToken);
        return outcome.IsRefused ? null : change;
    }

    private static TimePassed Pass(ScheduledSession session, SessionFacts facts, AuthoritySettings settings, Instant now)
    {
        var passed = session.OnTime(now, settings.Sessions);
        return passed.Session.State == SessionState.Live && facts.Plan is { } plan ? passed with { Session = passed.Session.EndIfLapsed(plan, now) } : passed;
    }
}

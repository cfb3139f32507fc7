using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>How it goes with a plan: its sessions, the curve as far as the pupil shares it, and robot time against steps in person.</summary>
public sealed class StaffPlanProgress
{
    /// <summary>So many sessions and ratings are shown, the latest ones.</summary>
    public const int MostShown = 60;

    private readonly Desk _desk;

    internal StaffPlanProgress(Desk desk) => _desk = desk;

    /// <summary>What the pupil shares, and what the latest tries suggest: from that alone, never from what the pupil keeps.</summary>
    public async Task<Outcome<SharedCurve>> CurveAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadSharedRatings,
            async work => await FindAsync(work, plan, cancellationToken) is { } asked
                ? new Asked<SharedCurve>(await ReadAsync(work, asked.Value, cancellationToken), asked.About, asked.Subject)
                {
                    AlsoNeeds = Operation.ReadLedger,
                }
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<SharedCurve>(refusals);
    }

    /// <summary>Of the latest weeks, up to today: as a review that is held today would show it.</summary>
    public async Task<Outcome<RobotAgainstSteps>> RobotUseAsync(Caller caller, PlanId plan, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadLedger,
            async work =>
            {
                if (await FindAsync(work, plan, cancellationToken) is not { } asked) return null;
                var today = await work.TodayAsync(asked.Value.School, _desk.Now, cancellationToken);
                var settings = await work.SettingsAsync(cancellationToken);
                return new Asked<RobotAgainstSteps>(
                    await work.RobotUseAsync(asked.Value.Pupil, today, settings.Fading, cancellationToken), asked.About, asked.Subject);
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<RobotAgainstSteps>(refusals);
    }

    /// <summary>Those of this plan, the latest first.</summary>
    public async Task<Outcome<PlanSessions>> SessionsAsync(Caller caller, ReadPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var looked = await _desk.LookThroughAsync(
            caller, Operation.ReadSession, AccessSubject.OfSession(plan.School, plan.View.Id, default, default), $"sessions of plan {plan.View.Id}",
            async work => await FindAsync(work, plan.View.Id, cancellationToken) is not { Value: var kept }
                ? []
                : (await work.Sessions.OfPupilAsync(kept.Pupil, cancellationToken)).Select(session => session.Value)
                    .Where(session => session.Booked.Plan == kept.Id)
                    .OrderByDescending(session => session.Booked.Slot.Date).ThenByDescending(session => session.Booked.Slot.Start).Take(MostShown)
                    .Select(session => new Asked<ScheduledSession>(
                        session, AccessSubject.OfSession(kept.School, kept.Id, session.Booked.Room, session.Booked.Slot.Date), $"session {session.Id}")),
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? new PlanSessions([.. shown.Select(session => session.Value)])
            : Outcome.Refused<PlanSessions>(refusals);
    }

    private static async Task<SharedCurve> ReadAsync(IWork work, SupportPlan plan, CancellationToken cancellationToken)
    {
        var zone = await work.ZoneAsync(plan.School, cancellationToken);
        var settings = await work.SettingsAsync(cancellationToken);
        var ratings = (await work.Ratings.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value)
            .Where(rating => plan.Ladder.Find(rating.Step) is not null).ToList();
        var ledger = new EngagementLedger(plan.Pupil, [.. (await work.Engagement.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value)]);
        var suggestions = plan.Status == PlanStatus.Active ? plan.Suggest(Tries(ratings, ledger, zone), settings.Suggestions) : [];
        var points = ratings.OrderBy(rating => rating.At)
            .Select(rating => new CurvePoint(rating.At.InZone(zone).Date, plan.Ladder.Find(rating.Step)?.Situation ?? "", rating.ForAdults()))
            .Where(point => point.Ratings is not { Before: null, Peak: null, After: null, Answer: null });
        return new SharedCurve([.. points.TakeLast(MostShown)], [.. suggestions]);
    }

    /// <summary>Each line of the ledger with what was rated of it, and what was rated without a line.</summary>
    private static IEnumerable<StepExperience> Tries(List<StepRating> ratings, EngagementLedger ledger, DateTimeZone zone)
    {
        var ofSession = ratings.Where(rating => rating.Session is not null).ToLookup(rating => rating.Session);
        var lines = ledger.Counting.ToList();
        var sessions = lines.Select(line => line.Session).ToHashSet();
        return lines.Select(line => new StepExperience(
                line.Step, zone.AtLeniently(line.Start).ToInstant(), line.Session is { } session ? ofSession[session].LastOrDefault()?.ForAdults() : null, line.LeftEarly))
            .Concat(ratings.Where(rating => rating.Session is null || !sessions.Contains(rating.Session))
                .Select(rating => new StepExperience(rating.Step, rating.At, rating.ForAdults(), LeftEarly: false)));
    }

    private static async Task<Asked<SupportPlan>?> FindAsync(IWork work, PlanId id, CancellationToken cancellationToken) =>
        await work.Plans.FindAsync(id, cancellationToken) is { Value: var plan }
            ? new Asked<SupportPlan>(plan, AccessSubject.OfPlan(plan.School, plan.Id), $"plan {id}")
            : null;
}

/// <summary>How tries at steps of the ladder felt, as far as the pupil lets adults see it; and what that gives to talk about.</summary>
/// <param name="Points">The earliest first.</param>
public sealed record SharedCurve(ImmutableArray<CurvePoint> Points, ImmutableArray<StepSuggestion> Suggestions)
{
    public override string ToString() => nameof(SharedCurve);
}

public sealed record CurvePoint(LocalDate Date, string Situation, AdultsRatings Ratings)
{
    public override string ToString() => nameof(CurvePoint);
}

/// <param name="Sessions">The latest first.</param>
public sealed record PlanSessions(ImmutableArray<ScheduledSession> Sessions)
{
    public override string ToString() => nameof(PlanSessions);
}

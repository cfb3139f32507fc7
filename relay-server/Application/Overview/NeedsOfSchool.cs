using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Overview;

/// <summary>What of one school can need somebody: each kind is asked for with an index, and no further ahead than it is shown.</summary>
internal static class NeedsOfSchool
{
    /// <param name="plans">The active plans that may be looked at; what belongs to no one of them is left out.</param>
    /// <param name="now">Wall time at the school.</param>
    public static async Task<List<Need>> FindAsync(
        IWork work, SchoolId school, IReadOnlyDictionary<PlanId, PlanPeople> plans, DateTimeZone zone, LocalDateTime now, AuthoritySettings settings,
        CancellationToken cancellationToken)
    {
        var until = now.Date.PlusDays(settings.Overview.NoticeDays);
        List<Need> needs = [];
        foreach (var (plan, _, _, _) in await work.Plans.WithReviewDueAsync(school, until, cancellationToken))
        {
            if (plans.ContainsKey(plan.Id) && ReviewDue.In(plan, settings.Reviews) is { } due) needs.Add(due);
        }

        var sessions = await work.Sessions.OfSchoolAsync(school, new DateInterval(now.Date, until), cancellationToken);
        var toCome = sessions.Select(kept => kept.Value)
            .Where(session => session.State is SessionState.Proposed or SessionState.Agreed && plans.ContainsKey(session.Booked.Plan)).ToList();
        needs.AddRange(toCome.Where(session => session.State == SessionState.Proposed).Select(session => ToAgree(session, plans)));
        var robots = (await work.StationedRobots.OfSchoolAsync(school, cancellationToken)).ToDictionary(kept => kept.Value.RobotName, kept => kept.Value);
        foreach (var next in toCome.Where(session => session.State == SessionState.Agreed).GroupBy(session => session.Booked.RobotName).Select(robots => robots.First()))
        {
            if (robots.GetValueOrDefault(next.Booked.RobotName) is { OutOfServiceBecause: { } why }) needs.Add(OutOfService(next, plans, why));
        }

        return needs;
    }

    private static SessionToAgree ToAgree(ScheduledSession session, IReadOnlyDictionary<PlanId, PlanPeople> plans)
    {
        var capacities = session.History.Agreements.Select(agreement => agreement.Capacity).ToHashSet();
        var pupil = !capacities.Contains(AgreementCapacity.Pupil);
        var parent = session.Booked.AsksParent && !capacities.Contains(AgreementCapacity.Parent);
        var stillAsked = (pupil, parent) switch
        {
            (true, true) => "the pupil and a parent",
            (true, false) => "the pupil",
            _ => "a parent",
        };
        return new(plans[session.Booked.Plan], session.Id.ToSessionId(), LessonOf(session), stillAsked);
    }

    private static RobotNotReady OutOfService(ScheduledSession session, IReadOnlyDictionary<PlanId, PlanPeople> plans, string why) => new(
        plans[session.Booked.Plan], session.Id.ToSessionId(), LessonOf(session),
        $"It is out of service: {why}.", "Choose another robot for the session, or have it mended.");

    private static LocalDateTime LessonOf(ScheduledSession session) => session.Booked.Slot.Date + session.Booked.Slot.Start;
}

using AV1Relay.Application.Live;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Overview;

/// <summary>What of one school can need somebody: each kind is asked for with an index, and no further ahead than it is shown.</summary>
internal static class NeedsOfSchool
{
    /// <param name="plans">The active plans that may be looked at; what belongs to no one of them is left out.</param>
    /// <param name="now">Wall time at the school.</param>
    /// <param name="robotsNow">How robots are at this moment: asked for today's sessions alone, since nobody minds one that is off for the night.</param>
    public static async Task<List<Need>> FindAsync(
        IWork work, SchoolId school, IReadOnlyDictionary<PlanId, PlanOutline> plans, DateTimeZone zone, LocalDateTime now, AuthoritySettings settings,
        IRobotsNow robotsNow, CancellationToken cancellationToken)
    {
        var until = now.Date.PlusDays(settings.Overview.NoticeDays);
        List<Need> needs = [];
        foreach (var plan in plans.Values)
        {
            if (plan.NextReviewOn is { } due) needs.Add(new ReviewDue(plan.People, due, settings.Reviews));
        }

        var sessions = await work.Sessions.OfSchoolAsync(school, new DateInterval(now.Date, until), cancellationToken);
        var toCome = sessions.Select(kept => kept.Value)
            .Where(session => session.State is SessionState.Proposed or SessionState.Agreed && plans.ContainsKey(session.Booked.Plan)).ToList();
        needs.AddRange(toCome.Where(session => session.State == SessionState.Proposed).Select(session => ToAgree(session, plans)));
        var robots = (await work.StationedRobots.OfSchoolAsync(school, cancellationToken)).ToDictionary(kept => kept.Value.RobotName, kept => kept.Value);
        // Each plan's next with a robot: its people see to the later ones at the same time.
        foreach (var next in toCome.GroupBy(session => (session.Booked.RobotName, session.Booked.Plan)).Select(sessions => sessions.First()))
        {
            if (!robots.TryGetValue(next.Booked.RobotName, out var robot)) needs.Add(RobotGone(next, plans));
            else if (next.State != SessionState.Agreed) continue;
            else if (robot.OutOfServiceBecause is { } why) needs.Add(OutOfService(next, plans, why));
            else if (next.Booked.Slot.Date == now.Date && NotWell(next, plans, robot, robotsNow) is { } need) needs.Add(need);
        }

        await needs.AddRobotUseAsync(work, school, plans, now.Date, settings, cancellationToken);
        await needs.AddMissedDaysAsync(work, school, plans, now.Date, settings, cancellationToken);
        await AddContactsAsync(needs, work, plans, until, cancellationToken);
        await AddArrangementsAsync(needs, work, school, plans, until, cancellationToken);
        // Of several on one plan the one that has waited longest: they are read together.
        foreach (var waiting in (await work.PlanComments.WaitingAsync([.. plans.Keys], cancellationToken)).DistinctBy(comment => comment.Plan))
            needs.Add(new CommentToRead(plans[waiting.Plan].People, waiting.WrittenOn));
        foreach (var (referral, _, _, _) in await work.Referrals.WaitingAsync(school, cancellationToken))
        {
            if (!plans.TryGetValue(referral.Plan, out var plan)) continue;
            (string For, Act Since)? waits = referral switch
            {
                { Sent: { } sent } => ("for an answer", sent.Act),
                { SignedOff: { } signedOff } => ("to be sent", signedOff),
                { Assembled: { } assembled } => ("to be read and signed off", assembled),
                _ => null,
            };
            if (waits is { } it) needs.Add(new HandOffWaiting(plan.People, NameOf(referral.Kind), it.For, it.Since.At.InZone(zone).Date));
        }

        return needs;
    }

    private static async Task AddContactsAsync(
        List<Need> needs, IWork work, IReadOnlyDictionary<PlanId, PlanOutline> plans, LocalDate until, CancellationToken cancellationToken)
    {
        var ofPupil = plans.Values.ToDictionary(plan => plan.Pupil);
        foreach (var next in await work.Contacts.WithNextDueAsync(ofPupil.Keys, until, cancellationToken))
            needs.Add(new ContactDue(ofPupil[next.Pupil].People, "the pupil or a parent", next.Due));
    }

    private static async Task AddArrangementsAsync(
        List<Need> needs, IWork work, SchoolId school, IReadOnlyDictionary<PlanId, PlanOutline> plans, LocalDate until, CancellationToken cancellationToken)
    {
        foreach (var (arrangement, _, _, _) in await work.Arrangements.WithDateDueAsync(school, until, cancellationToken))
        {
            if (arrangement is not { Terms.Plan: { } id, Until: { } last } || !plans.TryGetValue(id, out var plan)) continue;
            needs.Add(new AgreementLapses(plan.People, "The agreement to the reduced timetable", last));
            if (arrangement.NextReviewOn is { } review && review <= last) needs.Add(new ArrangementReviewDue(plan.People, review));
        }
    }

    private static SessionToAgree ToAgree(ScheduledSession session, IReadOnlyDictionary<PlanId, PlanOutline> plans)
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
        return new(plans[session.Booked.Plan].People, session.Id.ToSessionId(), LessonOf(session), stillAsked);
    }

    private static RobotNotReady OutOfService(ScheduledSession session, IReadOnlyDictionary<PlanId, PlanOutline> plans, string why) => new(
        plans[session.Booked.Plan].People, session.Id.ToSessionId(), LessonOf(session),
        $"It is out of service: {why}.", "Choose another robot for the session, or have it mended.");

    private static RobotNotReady? NotWell(
        ScheduledSession session, IReadOnlyDictionary<PlanId, PlanOutline> plans, StationedRobot robot, IRobotsNow robotsNow) =>
        RobotAdviceNow.Of(robotsNow.Find(robot.RobotName), robot, isBooked: true) is { Standing: RobotStanding.NotWell } advice
            ? new RobotNotReady(plans[session.Booked.Plan].People, session.Id.ToSessionId(), LessonOf(session), advice.Reason, advice.NextStep)
            : null;

    private static RobotNotReady RobotGone(ScheduledSession session, IReadOnlyDictionary<PlanId, PlanOutline> plans) => new(
        plans[session.Booked.Plan].People, session.Id.ToSessionId(), LessonOf(session),
        "It does not belong to the school any more.", "Choose another robot for what is booked with it, or cancel that.");

    private static LocalDateTime LessonOf(ScheduledSession session) => session.Booked.Slot.Date + session.Booked.Slot.Start;

    private static string NameOf(ReferralKind kind) => kind switch
    {
        ReferralKind.InclusionService => "The referral to the inclusion service",
        ReferralKind.EhcNeedsAssessment => "The request for an EHC needs assessment",
        _ => "The consultation about SEND support",
    };
}

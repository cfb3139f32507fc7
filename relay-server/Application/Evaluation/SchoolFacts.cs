using System.Runtime.CompilerServices;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Evaluation;

/// <summary>What happened at one school, as facts: booked sessions from the sessions, minutes from the ledger with its corrections, moves from the plans.</summary>
/// <remarks>Ratings that pupils share and link quality are not in it yet.</remarks>
internal static class SchoolFacts
{
    private const int MostPlans = 10_000;

    public static async IAsyncEnumerable<EngagementFact> OfAsync(
        IWork work, SchoolCard school, DateInterval days, Pseudonyms pseudonyms, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var session in work.Sessions.EachOfSchoolAsync(school.Id, days, cancellationToken))
        {
            if (Of(session, pseudonyms) is { } fact) yield return fact;
        }

        await foreach (var entry in work.Engagement.OfSchoolAsync(school.Id, days, cancellationToken))
        {
            if (entry.Current is not { } tried || MinutesOf(tried.Live) is not (> 0 and var minutes)) continue;
            var (pupil, date) = (pseudonyms.Of(entry.Pupil), tried.Start.Date);
            yield return tried.IsWithRobot
                ? EngagementFact.MinutesWithRobot(school.Id, date, pupil, tried.Location, minutes)
                : EngagementFact.MinutesInPerson(school.Id, date, pupil, minutes);
        }

        foreach (var plan in await work.Plans.OfSchoolAsync(school.Id, MostPlans, cancellationToken))
        {
            foreach (var fact in MovesOf(plan.Value, school, days, pseudonyms)) yield return fact;
        }
    }

    /// <summary>Null for a session that is still to come or going on.</summary>
    private static EngagementFact? Of(ScheduledSession session, Pseudonyms pseudonyms)
    {
        var (school, date) = (session.Booked.School, session.Booked.Slot.Date);
        return session.History switch
        {
            { End: not null } => EngagementFact.SessionHeld(school, date, pseudonyms.Of(session.Booked.Pupil)),
            { Declined: not null } => NotHeld(NotHeldBecause.Declined),
            { Cancelled: not null } => NotHeld(NotHeldBecause.Cancelled),
            { Missed: { } miss } => NotHeld(miss.Why switch
            {
                MissedBecause.NotAgreed => NotHeldBecause.NotAgreed,
                MissedBecause.RobotNotPlaced => NotHeldBecause.RobotNotPlaced,
                _ => NotHeldBecause.NotJoined,
            }),
            _ => null,
        };

        EngagementFact NotHeld(NotHeldBecause because) => EngagementFact.SessionNotHeld(school, date, pseudonyms.Of(session.Booked.Pupil), because);
    }

    private static IEnumerable<EngagementFact> MovesOf(SupportPlan plan, SchoolCard school, DateInterval days, Pseudonyms pseudonyms) =>
        from move in plan.Moves
        let date = move.Act.At.InZone(school.Zone()).Date
        where days.Contains(date)
        select EngagementFact.StepMoved(school.Id, date, pseudonyms.Of(plan.Pupil), move.Direction);

    private static long MinutesOf(Duration live) => (long)Math.Round(live.TotalMinutes, MidpointRounding.AwayFromZero);
}

using System.Runtime.CompilerServices;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Evaluation;

/// <summary>What happened at one school, as facts: booked sessions from the sessions, minutes from the ledger with its corrections, moves from the plans.</summary>
/// <remarks>
/// Of ratings it has the answer, where the pupil shares it; numbers are the pupil's and add up to nothing. Of the link it has what a session's record
/// says: whether it was away for longer than a session survives without a new sign-in.
/// </remarks>
internal static class SchoolFacts
{
    /// <summary>Ratings are read of so many pupils at once.</summary>
    private const int PupilsAtOnce = 200;

    public static async IAsyncEnumerable<EngagementFact> OfAsync(
        IWork work, SchoolCard school, DateInterval days, Pseudonyms pseudonyms, SessionRules rules, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var session in work.Sessions.EachOfSchoolAsync(school.Id, days, cancellationToken))
        {
            if (Of(session, pseudonyms) is { } fact) yield return fact;
            if (LinkOf(session, pseudonyms, rules) is { } link) yield return link;
        }

        await foreach (var entry in work.Engagement.OfSchoolAsync(school.Id, days, cancellationToken))
        {
            if (entry.Current is not { } tried || MinutesOf(tried.Live) is not (> 0 and var minutes)) continue;
            var (pupil, date) = (pseudonyms.Of(entry.Pupil), tried.Start.Date);
            yield return tried.IsWithRobot
                ? EngagementFact.MinutesWithRobot(school.Id, date, pupil, tried.Location, minutes)
                : EngagementFact.MinutesInPerson(school.Id, date, pupil, minutes);
        }

        var stepsOf = new Dictionary<PupilId, HashSet<StepId>>();
        await foreach (var plan in work.Plans.EachOfSchoolAsync(school.Id, cancellationToken))
        {
            foreach (var fact in MovesOf(plan, school, days, pseudonyms)) yield return fact;
            if (!stepsOf.TryGetValue(plan.Pupil, out var steps)) stepsOf[plan.Pupil] = steps = [];
            steps.UnionWith(plan.Ladder.Steps.Select(step => step.Id));
        }

        foreach (var pupils in stepsOf.Keys.Chunk(PupilsAtOnce))
        {
            foreach (var (rating, _, _, _) in await work.Ratings.OfPupilsAsync(pupils, cancellationToken))
            {
                var date = rating.At.InZone(school.Zone()).Date;
                // A pupil who has come from another school has rated steps there.
                if (!days.Contains(date) || !stepsOf[rating.Pupil].Contains(rating.Step) || WordsOf(rating.ForAdults().Answer) is not { } words) continue;
                yield return EngagementFact.RatingShared(school.Id, date, pseudonyms.Of(rating.Pupil), words);
            }
        }
    }

    private static string? WordsOf(PupilsAnswer? answer) => answer switch
    {
        PupilsAnswer.Ready => "ready",
        PupilsAnswer.Repeat => "repeat",
        PupilsAnswer.TooBig => "too big",
        _ => null,
    };

    /// <summary>Null for a session that was not held.</summary>
    private static EngagementFact? LinkOf(ScheduledSession session, Pseudonyms pseudonyms, SessionRules rules)
    {
        if (session.History.End is not { At: var end }) return null;
        var longest = session.History.Pauses.Where(pause => pause.Reason == PauseReason.NoNetwork)
            .Select(pause => (pause.Until ?? end) - pause.From).DefaultIfEmpty(Duration.Zero).Max();
        return EngagementFact.LinkQuality(
            session.Booked.School, session.Booked.Slot.Date, pseudonyms.Of(session.Booked.Pupil), longest > rules.SurvivesWithoutNetwork ? "with a long break" : "steady");
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

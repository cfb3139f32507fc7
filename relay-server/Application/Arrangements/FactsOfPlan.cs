using AV1Relay.Application.Asking;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Arrangements;

/// <summary>Looks up what has to be known besides a reduced timetable itself.</summary>
internal static class FactsOfPlan
{
    public static async Task<ArrangementFacts> ArrangementFactsAsync(this IWork work, SupportPlan plan, Instant now, CancellationToken cancellationToken) => new(
        await work.TodayAsync(plan.School, now, cancellationToken),
        (await work.PupilCards.FindAsync(plan.Pupil, cancellationToken))?.Value.DateOfBirth,
        CompulsorySchoolAge.England,
        (await work.SettingsAsync(cancellationToken)).Arrangements,
        [.. (await work.Parenthoods.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value)],
        [.. (await work.Arrangements.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value)]);

    /// <summary>Whether the pupil normally lives with them is asked when it is put in force.</summary>
    public static async Task<PupilsParents> PlansParentsAsync(this IWork work, SupportPlan plan, Instant now, CancellationToken cancellationToken) =>
        PupilsParents.Of(
            plan.Pupil,
            (await work.Parenthoods.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value),
            (await work.Assignments.OfPlanAsync(plan.Id, cancellationToken)).Select(kept => kept.Value),
            await work.TodayAsync(plan.School, now, cancellationToken),
            now);
}

using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Settings;

namespace AV1Relay.Application.Schedule;

/// <summary>How a plan stands for booking and for grants: with the agreement to the reduced timetable that the pupil has, where there is one.</summary>
internal static class PlanStanding
{
    public static async Task<PlanFacts> FactsAsync(this IWork work, SupportPlan plan, AuthoritySettings settings, CancellationToken cancellationToken) =>
        Of(plan, (await work.Arrangements.OfPupilAsync(plan.Pupil, cancellationToken)).Select(kept => kept.Value), settings);

    /// <param name="arrangements">The pupil's, all of them.</param>
    public static PlanFacts Of(SupportPlan plan, IEnumerable<Arrangement> arrangements, AuthoritySettings settings)
    {
        var latest = arrangements.Where(arrangement => arrangement.Activated is not null).MaxBy(arrangement => arrangement.Terms.From);
        // One that people have ended needs nobody's agreement any more; one that has lapsed unnoticed still does.
        return PlanFacts.Of(plan, settings.Reviews) with
        {
            NeededAgreements = latest is { Ending: null } ? [new NeededAgreement("The agreement to the reduced timetable", latest.Until)] : [],
        };
    }
}

using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Settings;

namespace AV1Relay.Application.Schedule;

/// <summary>How a plan stands for booking and for grants: with the agreement to the reduced timetable that the pupil has, where there is one.</summary>
internal static class PlanStanding
{
    public static async Task<PlanFacts> FactsAsync(this IWork work, SupportPlan plan, AuthoritySettings settings, CancellationToken cancellationToken)
    {
        var arrangements = await work.Arrangements.OfPupilAsync(plan.Pupil, cancellationToken);
        var latest = arrangements.Select(kept => kept.Value).Where(arrangement => arrangement.Activated is not null).MaxBy(arrangement => arrangement.Terms.From);
        // One that people have ended needs nobody's agreement any more; one that has lapsed unnoticed still does.
        return PlanFacts.Of(plan, settings.Reviews) with
        {
            NeededAgreements = latest is { Ending: null } ? [new NeededAgreement("The agreement to the reduced timetable", latest.Until)] : [],
        };
    }
}

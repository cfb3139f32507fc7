using AV1Relay.Application.Plans;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Overview;

/// <summary>Pupils who use the robot more and more while steps in person stall (rule 8).</summary>
internal static class FadingNeeds
{
    /// <remarks>The school's latest lines are one question; plans are read of those alone who are asked about.</remarks>
    public static async Task AddRobotUseAsync(
        this List<Need> needs, IWork work, SchoolId school, IReadOnlyDictionary<PlanId, PlanOutline> plans, LocalDate today, AuthoritySettings settings,
        CancellationToken cancellationToken)
    {
        var lines = new Dictionary<PupilId, List<EngagementEntry>>();
        await foreach (var entry in work.Engagement.OfSchoolAsync(school, RobotUseByWeek.LatestWeeks(today), cancellationToken))
        {
            if (!lines.TryGetValue(entry.Pupil, out var ofPupil)) lines[entry.Pupil] = ofPupil = [];
            ofPupil.Add(entry);
        }

        var rising = new Dictionary<PlanId, RobotAgainstSteps>();
        foreach (var plan in plans.Values)
        {
            if (!lines.TryGetValue(plan.Pupil, out var ofPupil)) continue;
            var use = RobotUseByWeek.Of(plan.Pupil, ofPupil, today, settings.Fading);
            if (use.AsksForReview) rising[plan.People.Plan] = use;
        }

        if (rising.Count == 0) return;
        foreach (var (plan, _, _, _) in await work.Plans.FindAllAsync([.. rising.Keys], cancellationToken))
        {
            if (RobotUseRises.In(plan, rising[plan.Id]) is { } need) needs.Add(need);
        }
    }
}

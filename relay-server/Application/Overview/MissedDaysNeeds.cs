using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Settings;
using NodaTime;

namespace AV1Relay.Application.Overview;

/// <summary>Pupils who have missed so many days that a person is to look (rule 6). Once a referral is under way it is no longer asked for.</summary>
internal static class MissedDaysNeeds
{
    public static async Task AddMissedDaysAsync(
        this List<Need> needs, IWork work, SchoolId school, IReadOnlyDictionary<PlanId, PlanOutline> plans, LocalDate today, AuthoritySettings settings,
        CancellationToken cancellationToken)
    {
        if ((await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Calendar is not { } calendar) return; // which days were school days, nobody has said
        var year = calendar.AcademicYearOf(today);
        var before = calendar.AcademicYearOf(year.Dates.Start.PlusDays(-1)); // a run may have begun then
        List<(PupilId, LocalDate)> keys = [.. plans.Values.SelectMany(plan => new[] { (plan.Pupil, year.Dates.Start), (plan.Pupil, before.Dates.Start) })];
        var missed = (await work.Missed.FindAllAsync(keys, cancellationToken)).Select(kept => kept.Value)
            .ToLookup(ofYear => ofYear.Pupil, ofYear => ofYear.Sessions);
        List<LocalDate> schoolDays = [.. calendar.SchoolDays(new DateInterval(before.Dates.Start, today))];

        var prompts = new Dictionary<PupilId, MissedDaysPrompt>();
        foreach (var plan in plans.Values)
        {
            if (!missed.Contains(plan.Pupil)) continue;
            var counts = MissedDays.DayByDay(missed[plan.Pupil].SelectMany(sessions => sessions), schoolDays, year).ToList();
            var reached = counts.FindIndex(day => ReferralPrompt.For(day.SoFar, settings.Prompts) is not null);
            if (reached >= 0) prompts[plan.Pupil] = new MissedDaysPrompt(plan.People, DaysOf(counts[^1].SoFar), counts[reached].Date);
        }

        if (prompts.Count == 0) return;
        var referrals = (await work.Referrals.OfPupilsAsync([.. prompts.Keys], cancellationToken)).Select(kept => kept.Value);
        var underWay = referrals.Where(referral => referral.Kind == ReferralKind.InclusionService && year.Dates.Contains(referral.Drafted.At.InUtc().Date))
            .Select(referral => referral.Pupil).ToHashSet();
        needs.AddRange(prompts.Where(prompt => !underWay.Contains(prompt.Key)).Select(prompt => prompt.Value));
    }

    /// <summary>Whole days, of the run or of the year: whichever is more.</summary>
    private static int DaysOf(MissedDays missed) => (int)Math.Max(missed.CumulativeDays, missed.LongestRunDays);
}

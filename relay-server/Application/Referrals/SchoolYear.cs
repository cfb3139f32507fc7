using AV1Relay.Application.Asking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using NodaTime;

namespace AV1Relay.Application.Referrals;

/// <summary>This academic year at a plan's school, and the one before, in which a run of missed days may have begun.</summary>
internal sealed record SchoolYear(SchoolCalendar Calendar, LocalDate Today, AcademicYear Now, AcademicYear Before);

internal static class SchoolYears
{
    /// <summary>Null while the school has no calendar.</summary>
    public static async Task<SchoolYear?> YearAsync(this IWork work, SupportPlan plan, Instant now, CancellationToken cancellationToken)
    {
        if ((await work.SchoolTimes.FindAsync(plan.School, cancellationToken))?.Value.Calendar is not { } calendar) return null;
        var today = await work.TodayAsync(plan.School, now, cancellationToken);
        var year = calendar.AcademicYearOf(today);
        return new SchoolYear(calendar, today, year, calendar.AcademicYearOf(year.Dates.Start.PlusDays(-1)));
    }

    public static async Task<MissedDays> CountAsync(this IWork work, SupportPlan plan, SchoolYear year, CancellationToken cancellationToken)
    {
        var missed = await work.Missed.FindAllAsync([(plan.Pupil, year.Now.Dates.Start), (plan.Pupil, year.Before.Dates.Start)], cancellationToken);
        return MissedDays.Count(
            missed.SelectMany(kept => kept.Value.Sessions), year.Calendar.SchoolDays(new DateInterval(year.Before.Dates.Start, year.Today)), year.Now);
    }
}

using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>Which weeks are A and which are B, as the lessons of each second week tell: schools count them in different ways.</summary>
internal static class CycleGuess
{
    /// <summary>Of the ways to count, the one by which most of these lessons lie in one week alone; as it is now, where that does as well.</summary>
    public static WeekCycle Best(WeekCycle present, IEnumerable<LessonFolding.Group> fortnightly, SchoolCalendar calendar, DateInterval year)
    {
        var groups = fortnightly.ToList();
        var others = present.Periods.Where(period => period.Dates.Intersection(year) is null).ToList();
        return new[] { present }.Concat(Ways(calendar, year).Select(periods => new WeekCycle([.. others.Concat(periods).OrderBy(period => period.Dates.Start)])))
            .MaxBy(cycle => groups.Count(group => group.WeekIn(cycle) is not null)) ?? present;
    }

    private static IEnumerable<ImmutableArray<CyclePeriod>> Ways(SchoolCalendar calendar, DateInterval year)
    {
        var halves = Halves(calendar, year).ToList();
        if (halves.Count == 0)
        {
            yield return [new CyclePeriod(year, CycleWeek.A)];
            yield break;
        }

        var whole = new DateInterval(halves[0].Start, halves[^1].End);
        yield return [new CyclePeriod(whole, CycleWeek.A)]; // holidays counted
        yield return [.. TakingTurns(halves)]; // holidays not counted
        yield return [.. halves.Select(half => new CyclePeriod(half, CycleWeek.A))]; // begun anew after each holiday
    }

    private static IEnumerable<CyclePeriod> TakingTurns(IEnumerable<DateInterval> halves)
    {
        var first = CycleWeek.A;
        foreach (var half in halves)
        {
            var period = new CyclePeriod(half, first);
            yield return period;
            first = period.WeekOf(half.End) is CycleWeek.A ? CycleWeek.B : CycleWeek.A;
        }
    }

    private static IEnumerable<DateInterval> Halves(SchoolCalendar calendar, DateInterval year)
    {
        foreach (var term in calendar.TermsOf(calendar.AcademicYearOf(year.Start)))
        {
            if (term.HalfTerm is not { } off)
            {
                yield return term.Dates;
                continue;
            }

            yield return new DateInterval(term.Dates.Start, off.Start.PlusDays(-1));
            // From the first day back: a Saturday before it would count as a week of its own.
            yield return new DateInterval(LocalDate.Min(calendar.NextSchoolDay(off.End) ?? term.Dates.End, term.Dates.End), term.Dates.End);
        }
    }
}

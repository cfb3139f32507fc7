using AV1Relay.Application.Evaluation;
using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Evaluation;

/// <summary>School years, and their terms and months as far as they have begun.</summary>
public sealed class EvaluationTimesTests
{
    private static readonly LocalDate Today = new(2026, 11, 29);

    private static readonly SchoolCalendar Calendar = new(
        InventedSchool.London, AcademicYearStarts.England, SchoolCalendar.MondayToFriday,
        [Term("Term", 2026, 9, 1, 10, 21), Term("Term", 2026, 11, 2, 12, 18), Term("Spring", 2027, 1, 5, 3, 20)], [], []);

    [Fact]
    public void Years_begin_as_is_usual_where_no_calendar_says_otherwise() =>
        Assert.Equal(["2026/27", "2025/26", "2024/25", "2023/24"], new EvaluationTimes(null, Today).SchoolYears.Select(year => year.Label));

    [Fact]
    public void Terms_of_one_name_are_told_apart_and_those_to_come_are_left_out()
    {
        var times = new EvaluationTimes(Calendar, Today);

        Assert.Equal(
            ["Term from 1 Sep", "Term from 2 Nov"], times.PeriodsOf(times.SchoolYears[0], EvaluationSplit.Terms).Select(period => period.Name));
        Assert.Empty(times.PeriodsOf(times.SchoolYears[1], EvaluationSplit.Terms));
    }

    [Fact]
    public void Months_follow_each_other_without_a_gap_to_the_one_that_has_begun()
    {
        var times = new EvaluationTimes(Calendar, Today);

        Assert.Equal(["September 2026", "October 2026", "November 2026"], times.PeriodsOf(times.SchoolYears[0], EvaluationSplit.Months).Select(period => period.Name));
        var year = times.PeriodsOf(times.SchoolYears[1], EvaluationSplit.Months);
        Assert.Equal(12, year.Count);
        Assert.All(year.Zip(year.Skip(1)), pair => Assert.Equal(pair.First.Dates.End.PlusDays(1), pair.Second.Dates.Start));
        Assert.Equal(times.SchoolYears[1].Dates, new DateInterval(year[0].Dates.Start, year[^1].Dates.End));
        Assert.Equal("School year 2025/26", Assert.Single(times.PeriodsOf(times.SchoolYears[1], EvaluationSplit.Year)).Name);
    }

    private static Term Term(string name, int year, int fromMonth, int fromDay, int toMonth, int toDay) =>
        new(name, new DateInterval(new LocalDate(year, fromMonth, fromDay), new LocalDate(year, toMonth, toDay)));
}

using AV1Relay.Domain.Arrangements;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Arrangements;

public sealed class CompulsorySchoolAgeTests
{
    [Theory]
    [InlineData("2021-02-10", "2026-03-31")]
    [InlineData("2021-03-31", "2026-03-31")] // a birthday on a prescribed day counts itself
    [InlineData("2021-04-01", "2026-08-31")]
    [InlineData("2021-09-01", "2026-12-31")]
    [InlineData("2020-12-31", "2025-12-31")]
    public void It_begins_on_the_prescribed_day_on_or_after_the_fifth_birthday(string born, string first)
        => Assert.Equal(Date(first), CompulsorySchoolAge.England.FirstDay(Date(born)));

    [Theory]
    [InlineData("2009-09-01", "2026-06-26")] // sixteen at the start of the school year 2025/26
    [InlineData("2010-06-26", "2026-06-26")]
    [InlineData("2010-06-27", "2026-06-26")] // sixteen after the leaving date and before the next school year
    [InlineData("2010-08-31", "2026-06-26")]
    [InlineData("2010-09-01", "2027-06-25")]
    public void It_ends_on_the_leaving_date_of_the_school_year_of_turning_sixteen(string born, string last)
        => Assert.Equal(Date(last), CompulsorySchoolAge.England.LastDay(Date(born)));

    [Fact]
    public void The_leaving_date_is_always_the_last_friday_of_june()
    {
        for (var year = 1998; year < 2100; year++)
        {
            var date = CompulsorySchoolAge.England.SchoolLeavingDay.InYear(year);
            Assert.True(date.DayOfWeek == IsoDayOfWeek.Friday && date.Month == 6 && date.Day >= 24, $"{date}");
        }
    }

    [Fact]
    public void The_dates_are_data()
    {
        var other = new CompulsorySchoolAge([new AnnualDate(7, 1)], new LastWeekday(IsoDayOfWeek.Friday, 7), new AnnualDate(8, 1));

        Assert.Equal(
            (new LocalDate(2026, 7, 1), new LocalDate(2026, 7, 31)),
            (other.FirstDay(new LocalDate(2021, 2, 10)), other.LastDay(new LocalDate(2010, 2, 10))));
    }

    private static LocalDate Date(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;
}

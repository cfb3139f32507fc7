using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class AcademicYearTests
{
    [Theory]
    [InlineData(2025, 8, 31, "2024/25")]
    [InlineData(2025, 9, 1, "2025/26")]
    [InlineData(2026, 8, 31, "2025/26")]
    [InlineData(2099, 12, 1, "2099/00")]
    public void In_England_a_year_starts_on_1_September(int year, int month, int day, string label) =>
        Assert.Equal(label, AcademicYearStarts.England.YearOf(Date(year, month, day)).Label);

    [Fact]
    public void A_year_that_is_a_calendar_year_has_a_single_number() =>
        Assert.Equal("2026", new AcademicYearStarts(new AnnualDate(1, 1)).YearOf(Date(2026, 6, 1)).Label);

    [Fact]
    public void A_new_start_cuts_the_year_before_it_short() => Assert.Equal(
        Dates(2026, 9, 1, 2027, 7, 31), AugustFrom2027.YearOf(Date(2027, 3, 1)).Dates);

    [Fact]
    public void A_new_start_leaves_earlier_years_as_they_were() => Assert.Equal(
        Dates(2024, 9, 1, 2025, 8, 31), AugustFrom2027.YearOf(Date(2025, 8, 15)).Dates);

    [Fact]
    public void A_new_start_counts_for_all_years_after_it() => Assert.Equal(
        Dates(2029, 8, 1, 2030, 7, 31), AugustFrom2027.YearOf(Date(2029, 8, 1)).Dates);

    [Fact]
    public void Every_date_lies_in_one_year_and_each_year_begins_where_the_last_ended()
    {
        var starts = new AcademicYearStarts(new AnnualDate(9, 1), Date(2027, 8, 1), Date(2028, 2, 29), Date(2031, 1, 1));
        var range = Dates(2024, 1, 1, 2036, 1, 1);

        Assert.All(range.Zip(range.Skip(1)), pair =>
        {
            var (year, next) = (starts.YearOf(pair.First), starts.YearOf(pair.Second));
            Assert.True(year.Dates.Contains(pair.First) && (year == next || (year.Dates.End == pair.First && next.Dates.Start == pair.Second)));
        });
    }

    [Fact]
    public void Changes_of_the_start_out_of_order_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => new AcademicYearStarts(new AnnualDate(9, 1), Date(2028, 8, 1), Date(2027, 8, 1)));

    private static AcademicYearStarts AugustFrom2027 => new(new AnnualDate(9, 1), Date(2027, 8, 1));
}

using AV1Relay.Domain.Calendar;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class WeekCycleTests
{
    [Theory]
    [InlineData(2025, 9, 3, CycleWeek.A)]
    [InlineData(2025, 9, 7, CycleWeek.A)]
    [InlineData(2025, 9, 8, CycleWeek.B)]
    [InlineData(2025, 9, 15, CycleWeek.A)]
    [InlineData(2026, 1, 5, CycleWeek.A)]
    public void Weeks_take_turns_from_Monday_and_start_anew_with_each_period(int year, int month, int day, CycleWeek week) =>
        Assert.Equal(week, Fortnights.WeekOf(Date(year, month, day)));

    [Fact]
    public void A_period_may_begin_with_week_B() =>
        Assert.Equal(CycleWeek.B, new WeekCycle([new(Spring.Dates, CycleWeek.B)]).WeekOf(Spring.Dates.Start));

    [Fact]
    public void Between_periods_a_week_is_neither() => Assert.Null(Fortnights.WeekOf(Date(2025, 12, 29)));

    [Fact]
    public void A_school_without_a_cycle_has_neither() => Assert.Null(WeekCycle.None.WeekOf(Date(2026, 3, 3)));

    [Fact]
    public void Each_week_of_a_period_is_the_other_of_the_week_before()
    {
        var period = Autumn.Dates;

        Assert.All(period.Where(date => period.Contains(date.PlusWeeks(1))), date => Assert.NotEqual(Fortnights.WeekOf(date), Fortnights.WeekOf(date.PlusWeeks(1))));
    }

    [Fact]
    public void Periods_that_overlap_can_not_be_built() => Assert.Throws<ArgumentException>(
        () => new WeekCycle([new(Autumn.Dates, CycleWeek.A), new(Dates(2025, 12, 19, 2026, 1, 30), CycleWeek.A)]));
}

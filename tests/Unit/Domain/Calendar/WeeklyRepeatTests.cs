using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class WeeklyRepeatTests
{
    private static readonly LocalTime FivePastTen = new(10, 5);
    private static readonly Duration AnHour = Duration.FromHours(1);

    [Fact]
    public void A_repeat_gives_a_slot_a_week_until_its_last_date() => Assert.Equal(
        [Date(2026, 3, 3), Date(2026, 3, 10), Date(2026, 3, 17)],
        DatesOf(Until(Date(2026, 3, 3), Date(2026, 3, 17), IsoDayOfWeek.Tuesday)));

    [Fact]
    public void The_first_date_need_not_be_one_of_the_weekdays() =>
        Assert.Equal(Date(2026, 3, 3), DatesOf(Until(Date(2026, 2, 27), Date(2026, 3, 17), IsoDayOfWeek.Tuesday))[0]);

    [Fact]
    public void Several_weekdays_come_in_the_order_of_the_dates() => Assert.Equal(
        [Date(2026, 3, 5), Date(2026, 3, 9), Date(2026, 3, 12)],
        DatesOf(Until(Date(2026, 3, 4), Date(2026, 3, 13), IsoDayOfWeek.Thursday, IsoDayOfWeek.Monday)));

    [Fact]
    public void Slots_on_closed_days_are_left_out_and_say_why() => Assert.Equal(
        [(Date(2026, 5, 4), "calendar.bank-holiday"), (Date(2026, 5, 25), "calendar.half-term"), (Date(2026, 6, 1), "calendar.inset-day")],
        LeftOutOf(Until(Date(2026, 4, 27), Date(2026, 6, 8), IsoDayOfWeek.Monday)));

    [Fact]
    public void A_repeat_into_a_year_that_nobody_has_entered_says_so() => Assert.Equal(
        (Date(2026, 9, 1), "calendar.terms-not-entered"), LeftOutOf(Until(Date(2026, 7, 14), Date(2026, 9, 1), IsoDayOfWeek.Tuesday))[^1]);

    [Fact]
    public void So_many_times_counts_only_what_takes_place() => Assert.Equal(
        [Date(2026, 5, 11), Date(2026, 5, 18), Date(2026, 6, 8)], DatesOf(Times(Date(2026, 5, 4), 3, IsoDayOfWeek.Monday)));

    [Fact]
    public void Times_for_which_the_calendar_has_no_days_are_missing() =>
        Assert.Equal((3, 2), Times(Date(2026, 7, 7), 5, IsoDayOfWeek.Tuesday) is var slots ? (slots.Slots.Length, slots.Missing) : default);

    [Fact]
    public void Times_that_all_take_place_leave_none_missing() => Assert.Equal(0, Times(Date(2026, 5, 4), 3, IsoDayOfWeek.Monday).Missing);

    [Fact]
    public void A_repeat_of_week_A_gives_each_second_week() => Assert.Equal(
        [Date(2026, 3, 3), Date(2026, 3, 17)],
        DatesOf(WeekAUntil(Date(2026, 3, 3), Date(2026, 3, 24), Fortnights)));

    [Fact]
    public void A_closed_day_of_the_other_week_is_not_named() => // 17 February is in week A (the seventh), 24 February in week B
        Assert.Equal([Date(2026, 2, 17)], WeekAUntil(Date(2026, 2, 10), Date(2026, 2, 24), Fortnights).LeftOut.Select(left => left.Slot.Date));

    [Fact]
    public void Where_nobody_says_which_week_it_is_that_is_the_reason() => Assert.Equal(
        [(Date(2026, 3, 3), "repeat.week-unknown")], LeftOutOf(WeekAUntil(Date(2026, 3, 3), Date(2026, 3, 3), WeekCycle.None)));

    [Fact]
    public void Each_slot_starts_at_the_same_wall_time_across_a_clock_change() => Assert.All(
        Until(Date(2026, 3, 17), Date(2026, 4, 21), IsoDayOfWeek.Tuesday).Slots,
        slot => Assert.Equal(FivePastTen, slot.ToInterval(London).Start.InZone(London).TimeOfDay));

    [Fact]
    public void Every_date_that_is_meant_is_given_or_left_out_once_through_terms_and_half_terms()
    {
        var random = new Random(1405);
        for (var i = 0; i < 200; i++)
        {
            var first = Date(2025, 8, 1).PlusDays(random.Next(300));
            var last = first.PlusDays(random.Next(400));
            var weekdays = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && random.Next(2) == 0).DefaultIfEmpty(IsoDayOfWeek.Friday).ToArray();

            var slots = Until(first, last, weekdays);

            var given = slots.Slots.Concat(slots.LeftOut.Select(left => left.Slot)).Select(slot => slot.Date).Order();
            Assert.Equal(new DateInterval(first, last).Where(date => weekdays.Contains(date.DayOfWeek)), given);
            Assert.All(slots.Slots, slot => Assert.True(TheYear.IsSchoolDay(slot.Date)));
            Assert.All(slots.LeftOut, left => Assert.False(TheYear.IsSchoolDay(left.Slot.Date)));
        }
    }

    [Fact]
    public void Two_years_are_not_too_long() => Assert.Equal([], CodesOf(Date(2026, 3, 3), new RepeatEnd.Until(Date(2028, 3, 2)), IsoDayOfWeek.Tuesday));

    [Fact]
    public void More_than_two_years_are_too_long() =>
        Assert.Equal(["repeat.too-long"], CodesOf(Date(2026, 3, 3), new RepeatEnd.Until(Date(2028, 3, 3)), IsoDayOfWeek.Tuesday));

    [Theory]
    [InlineData(106, false)]
    [InlineData(107, true)]
    [InlineData(int.MaxValue, true)]
    public void More_times_than_two_years_have_weeks_are_too_long(int times, bool refused) =>
        Assert.Equal(refused ? ["repeat.too-long"] : [], CodesOf(Date(2026, 3, 3), new RepeatEnd.Times(times), IsoDayOfWeek.Tuesday));

    [Fact]
    public void All_that_stands_in_the_way_is_said_at_once() =>
        Assert.Equal(["repeat.no-weekday", "repeat.ends-before-start"], CodesOf(Date(2026, 3, 3), new RepeatEnd.Until(Date(2026, 3, 2))));

    [Fact]
    public void Not_even_once_is_refused() => Assert.Equal(["repeat.no-times"], CodesOf(Date(2026, 3, 3), new RepeatEnd.Times(0), IsoDayOfWeek.Tuesday));

    [Fact]
    public void What_could_not_have_been_asked_for_can_not_be_restored() => Assert.Throws<ArgumentException>(
        () => new WeeklyRepeat(Date(2026, 3, 3), [], FivePastTen, AnHour, new RepeatEnd.Times(1)));

    private static RepeatedSlots Until(LocalDate first, LocalDate last, params IsoDayOfWeek[] weekdays) =>
        WeeklyRepeat.Create(first, weekdays, FivePastTen, AnHour, new RepeatEnd.Until(last)).Value.SlotsIn(TheYear, Fortnights);

    private static RepeatedSlots Times(LocalDate first, int times, params IsoDayOfWeek[] weekdays) =>
        WeeklyRepeat.Create(first, weekdays, FivePastTen, AnHour, new RepeatEnd.Times(times)).Value.SlotsIn(TheYear, Fortnights);

    private static RepeatedSlots WeekAUntil(LocalDate first, LocalDate last, WeekCycle cycle) => WeeklyRepeat
        .Create(first, [IsoDayOfWeek.Tuesday], FivePastTen, AnHour, new RepeatEnd.Until(last), CycleWeek.A).Value.SlotsIn(TheYear, cycle);

    private static List<LocalDate> DatesOf(RepeatedSlots slots) => [.. slots.Slots.Select(slot => slot.Date)];

    private static List<(LocalDate Date, string Code)> LeftOutOf(RepeatedSlots slots) => [.. slots.LeftOut.Select(left => (left.Slot.Date, left.Why.Code))];

    private static IEnumerable<string> CodesOf(LocalDate first, RepeatEnd end, params IsoDayOfWeek[] weekdays) =>
        WeeklyRepeat.Create(first, weekdays, FivePastTen, AnHour, end).Refusals.Select(refusal => refusal.Code);
}

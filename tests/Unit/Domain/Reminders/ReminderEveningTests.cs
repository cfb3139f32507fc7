using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Reminders;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Reminders;

/// <summary>On which evening what is told: in an autumn term with a half-term, a bank holiday, and the clock change on Sunday 25 October 2026.</summary>
public class ReminderEveningTests
{
    private static readonly ReminderChoice Sessions = new(Sessions: true, HowOften.Never);

    private static readonly SchoolCalendar Autumn = new(
        DateTimeZoneProviders.Tzdb["Europe/London"], AcademicYearStarts.England, SchoolCalendar.MondayToFriday,
        [new Term("Autumn", new DateInterval(Day(9, 7), Day(12, 18)), new DateInterval(Day(10, 26), Day(10, 30)))],
        [new Closure(new DateInterval(Day(11, 16), Day(11, 16)), ClosureKind.BankHoliday), new Closure(new DateInterval(Day(11, 23), Day(11, 24)), ClosureKind.InsetDay)], []);

    [Theory]
    [InlineData("2026-11-09", "2026-11-10")] // Monday tells Tuesday
    [InlineData("2026-11-06", "2026-11-07 2026-11-08 2026-11-09")] // Friday tells Monday, and what is on the weekend
    [InlineData("2026-11-07", "")]
    [InlineData("2026-11-08", "")]
    [InlineData("2026-11-13", "2026-11-14 2026-11-15 2026-11-16 2026-11-17")] // before a bank holiday, Tuesday
    [InlineData("2026-11-16", "")]
    [InlineData("2026-11-20", "2026-11-21 2026-11-22 2026-11-23 2026-11-24")] // before two INSET days the Wednesday is too far off
    [InlineData("2026-11-24", "2026-11-25")]
    [InlineData("2026-09-06", "2026-09-07")] // the first day of term: on the Sunday, not in July
    [InlineData("2026-11-01", "2026-11-02")] // after half-term likewise
    public void The_school_day_before_tells_a_day_if_it_is_not_far_off(string evening, string told) =>
        Assert.Equal(told, string.Join(' ', ReminderEvening.Due(Sessions, Parse(evening), Autumn).Days.Select(day => NodaTime.Text.LocalDatePattern.Iso.Format(day))));

    [Fact]
    public void Each_day_of_two_years_is_told_on_just_one_evening()
    {
        var evenings = Enumerable.Range(0, 730).Select(Day(1, 1).PlusDays);

        var told = evenings.SelectMany(evening => ReminderEvening.Due(Sessions, evening, Autumn).Days).ToList();

        Assert.Equal(Enumerable.Range(1, 730).Select(Day(1, 1).PlusDays), told.Order().Take(730));
        Assert.Equal(told.Distinct().Count(), told.Count);
    }

    [Fact]
    public void Without_terms_the_school_week_is_Monday_to_Friday() =>
        Assert.Equal([Day(11, 7), Day(11, 8), Day(11, 9)], ReminderEvening.Due(Sessions, Day(11, 6), calendar: null).Days);

    [Theory]
    [InlineData("2026-11-05", true, false)] // Thursday
    [InlineData("2026-11-06", true, true)] // Friday, before a week
    [InlineData("2026-11-08", false, false)]
    [InlineData("2026-11-13", true, true)] // the week begins on the Tuesday
    [InlineData("2026-10-23", false, false)] // half-term begins: nothing for ten days
    [InlineData("2026-10-28", false, false)]
    [InlineData("2026-11-01", true, true)] // the evening before school begins again
    public void What_needs_somebody_is_told_before_school_days_and_weekly_before_the_first_of_a_week(string evening, bool daily, bool weekly)
    {
        Assert.Equal(daily, ReminderEvening.Due(new(Sessions: false, HowOften.Daily), Parse(evening), Autumn).Needs);
        Assert.Equal(weekly, ReminderEvening.Due(new(Sessions: false, HowOften.Weekly), Parse(evening), Autumn).Needs);
    }

    [Fact]
    public void Who_does_not_want_it_is_told_nothing()
    {
        var (no, onlyNeeds) = (ReminderEvening.Due(new(false, HowOften.Never), Day(11, 9), Autumn), ReminderEvening.Due(new(false, HowOften.Daily), Day(11, 9), Autumn));

        Assert.True(no is { Days.IsEmpty: true, Needs: false });
        Assert.Empty(onlyNeeds.Days);
    }

    [Theory]
    [InlineData("2026-10-23T15:59:59Z", false)] // summer time: 16:59
    [InlineData("2026-10-23T16:00:00Z", true)]
    [InlineData("2026-10-26T16:59:59Z", false)] // winter time
    [InlineData("2026-10-26T17:00:00Z", true)]
    [InlineData("2026-10-26T20:59:59Z", true)]
    [InlineData("2026-10-26T21:00:00Z", false)]
    public void Five_in_the_afternoon_stays_so_across_the_clock_change(string at, bool isNow) =>
        Assert.Equal(isNow, ReminderEvening.IsNow(NodaTime.Text.InstantPattern.General.Parse(at).Value.InZone(Autumn.Zone).LocalDateTime));

    private static LocalDate Day(int month, int day) => new(2026, month, day);

    private static LocalDate Parse(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
}

using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Calendar.School;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

public class SchoolTimesTests
{
    private static readonly Lesson Maths = Lesson(1, "8B Maths", IsoDayOfWeek.Tuesday, new LocalTime(10, 5));

    private static readonly SchoolTimes Times = new(Id, TheYear, TimetableOf(Maths), [new SchoolRoom(Lab, "Lab"), new SchoolRoom(Hall, "Hall")]);

    [Fact]
    public void A_term_is_moved_in_one_step()
    {
        var later = new Term("Autumn term", Dates(2025, 9, 4, 2025, 12, 19), Autumn.HalfTerm);

        var changed = new TimesChange.ChangeTerm(Autumn, later).ApplyTo(Times, Office).Value;

        Assert.False(changed.Calendar.IsSchoolDay(Date(2025, 9, 3)));
        Assert.True(changed.Calendar.IsSchoolDay(Date(2025, 9, 4)));
    }

    [Fact]
    public void A_term_that_is_taken_out_leaves_its_days_without_school()
    {
        var changed = new TimesChange.TakeOutTerm(Spring).ApplyTo(Times, Office).Value;

        Assert.False(changed.Calendar.IsSchoolDay(Date(2026, 3, 3)));
        Assert.Equal(["times.no-such-term"], Codes(new TimesChange.TakeOutTerm(Spring).ApplyTo(changed, Office)));
    }

    [Fact]
    public void Weeks_A_and_B_are_entered_changed_and_taken_out()
    {
        var alike = Times with { Timetable = new Timetable(Id, WeekCycle.None, [Maths], []) };
        var (spring, turned) = (new CyclePeriod(Spring.Dates, CycleWeek.A), new CyclePeriod(Spring.Dates, CycleWeek.B));

        var entered = new TimesChange.ChangeWeeks(null, spring).ApplyTo(alike, Office).Value;
        var before = new TimesChange.ChangeWeeks(null, new CyclePeriod(Autumn.Dates, CycleWeek.A)).ApplyTo(entered, Office).Value;
        var changed = new TimesChange.ChangeWeeks(spring, turned).ApplyTo(before, Office).Value;
        var gone = new TimesChange.ChangeWeeks(turned, null).ApplyTo(changed, Office).Value;

        CycleWeek? WeekIn(SchoolTimes times) => times.Timetable.Cycle.WeekOf(Spring.Dates.Start);
        Assert.Equal([null, CycleWeek.A, CycleWeek.A, CycleWeek.B, null], new[] { alike, entered, before, changed, gone }.Select(WeekIn));
        Assert.Equal(Autumn.Dates, before.Timetable.Cycle.Periods[0].Dates); // in order
    }

    [Fact]
    public void Days_are_in_one_way_of_counting_weeks_A_and_B()
    {
        var more = new CyclePeriod(Dates(2026, 3, 20, 2026, 4, 20), CycleWeek.A);

        Assert.Equal(["times.weeks-overlap"], Codes(new TimesChange.ChangeWeeks(null, more).ApplyTo(Times, Office)));
        Assert.Equal(["times.no-such-weeks"], Codes(new TimesChange.ChangeWeeks(more, null).ApplyTo(Times, Office)));
    }

    [Fact]
    public void A_lesson_that_falls_into_the_other_week_lets_go_of_what_was_different_on_a_day_without_it()
    {
        var art = Lesson(2, "8B Art", IsoDayOfWeek.Tuesday, new LocalTime(11, 5), week: CycleWeek.A);
        var inWeekA = Spring.Dates.Start.PlusDays(1);
        var cancelled = new TimesChange.OneDay(art.Id, inWeekA, OneDayChange.Cancelled, null).ApplyTo(Times with { Timetable = TimetableOf(art) }, Office).Value;

        var changed = new TimesChange.ChangeWeeks(new CyclePeriod(Spring.Dates, CycleWeek.A), new CyclePeriod(Spring.Dates, CycleWeek.B)).ApplyTo(cancelled, Office).Value;

        Assert.Single(cancelled.Timetable.Changes);
        Assert.Empty(changed.Timetable.Changes);
    }

    [Fact]
    public void A_room_in_which_lessons_are_stays()
    {
        Assert.Equal(["times.room-has-lessons"], Codes(new TimesChange.TakeOutRoom(Lab).ApplyTo(Times, Office)));
        Assert.Single(new TimesChange.TakeOutRoom(Hall).ApplyTo(Times, Office).Value.Rooms);
    }

    [Fact]
    public void Two_rooms_are_not_called_the_same() =>
        Assert.Equal(["times.room-there"], Codes(new TimesChange.ChangeRoom(Hall, " lab ", "").ApplyTo(Times, Office)));

    [Fact]
    public void A_lesson_that_moves_to_another_weekday_lets_go_of_what_was_different_on_the_old_one()
    {
        var cancelled = new TimesChange.OneDay(Maths.Id, Date(2026, 3, 3), OneDayChange.Cancelled, null).ApplyTo(Times, Office).Value;
        var friday = Lesson(1, "8B Maths", IsoDayOfWeek.Friday, new LocalTime(10, 5));

        var changed = new TimesChange.ChangeLesson(friday).ApplyTo(cancelled, Office).Value;

        Assert.Single(cancelled.Timetable.Changes);
        Assert.Empty(changed.Timetable.Changes);
        Assert.Equal([friday], changed.Timetable.Lessons);
    }

    [Fact]
    public void A_lesson_is_in_one_of_the_schools_rooms() => Assert.Equal(
        ["times.no-such-room"],
        Codes(new TimesChange.EnterLesson(Lesson(2, "Art", IsoDayOfWeek.Friday, new LocalTime(9, 0), new RoomId(Guid.NewGuid()))).ApplyTo(Times, Office)));

    [Theory]
    [InlineData("", "2026-01-05", "2026-03-27", null, null, "times.term-not-named")]
    [InlineData("Spring", "2026-03-27", "2026-01-05", null, null, "times.ends-before-it-begins")]
    [InlineData("Spring", "2026-01-05", "2026-03-27", "2026-02-16", null, "times.half-term-not-whole")]
    [InlineData("Spring", "2026-01-05", "2026-03-27", "2026-02-20", "2026-02-16", "times.half-term-not-whole")]
    [InlineData("Spring", "2026-01-05", "2026-03-27", "2026-01-05", "2026-01-09", "times.half-term-outside")]
    public void A_term_that_can_not_be_is_refused_with_its_reason(string name, string first, string last, string? off, string? on, string code) =>
        Assert.Equal([code], Codes(Term.Enter(name, Day(first), Day(last), off is null ? null : Day(off), on is null ? null : Day(on))));

    [Fact]
    public void A_closure_for_another_reason_says_which() =>
        Assert.Equal(["times.closure-without-words"], Codes(Closure.Enter(Date(2026, 3, 3), Date(2026, 3, 3), ClosureKind.Other, " ")));

    [Fact]
    public void A_lesson_ends_after_it_begins() => Assert.Equal(
        ["times.lesson-ends-before-it-begins"],
        Codes(AV1Relay.Domain.Calendar.Lesson.Enter(
            LessonNumber(3), "Art", Lab, null, IsoDayOfWeek.Monday, new LocalTime(10, 0), new LocalTime(10, 0), Date(2026, 1, 5), Date(2026, 3, 27))));

    private static LocalDate Day(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

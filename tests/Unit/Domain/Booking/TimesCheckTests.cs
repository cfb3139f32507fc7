using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using NodaTime;
using Xunit;
using static AV1Relay.Tests.Unit.Domain.Booking.Bookable;

namespace AV1Relay.Tests.Unit.Domain.Booking;

/// <summary>Which booked sessions a change of the school's times leaves without their day, lesson or room.</summary>
public class TimesCheckTests
{
    private static readonly DateInterval Term = new(new LocalDate(2026, 9, 7), new LocalDate(2026, 12, 18));

    private static readonly Lesson Lesson = new(
        Maths, "8B maths", Room8B, KeyAdult, IsoDayOfWeek.Monday, new LocalTime(10, 5), Duration.FromMinutes(60), Term);

    private static readonly SchoolTimes Times = new(
        School,
        new SchoolCalendar(London, AcademicYearStarts.England, SchoolCalendar.MondayToFriday, [new Term("Autumn", Term)], [], []),
        new Timetable(School, WeekCycle.None, [Lesson], []),
        [new SchoolRoom(Room8B, "8B"), new SchoolRoom(Hut, "Hut")]);

    private static readonly ScheduledSession Session = Booked(Use() with { Lesson = new LessonName(Maths, "8B maths") });

    public static TheoryData<string, TimesChange?> Changes => new()
    {
        { "", null },
        { "", new TimesChange.ChangeRoom(Room8B, "8C", "") },
        { "", new TimesChange.OneDay(Maths, Monday.PlusWeeks(1), OneDayChange.Cancelled, null) },
        { "session.closed-day", new TimesChange.Close(null, new Closure(new DateInterval(Monday, Monday), ClosureKind.InsetDay)) },
        { "session.lesson-gone", new TimesChange.OneDay(Maths, Monday, OneDayChange.Cancelled, null) },
        { "session.lesson-gone", new TimesChange.TakeOutLesson(Maths) },
        { "session.lesson-elsewhere", new TimesChange.OneDay(Maths, Monday, OneDayChange.OtherRoom, Hut) },
        { "session.lesson-at-another-time", new TimesChange.ChangeLesson(new Lesson(
            Maths, "8B maths", Room8B, KeyAdult, IsoDayOfWeek.Monday, new LocalTime(10, 10), Duration.FromMinutes(60), Term)) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_session_no_longer_fits_where_its_day_lesson_or_room_is_gone(string code, TimesChange? change)
    {
        var after = change?.ApplyTo(Times, By(At(8, 0))).Value ?? Times;

        Assert.Equal(code, TimesCheck.Hit([Session], Times, after).SingleOrDefault()?.Why.Code ?? "");
    }

    [Fact]
    public void A_session_outside_lessons_needs_its_room() => Assert.Equal(
        "session.room-gone", TimesCheck.WhyNot(Use() with { Room = Hut }, new TimesChange.TakeOutRoom(Hut).ApplyTo(Times, By(At(8, 0))).Value)?.Code);

    [Fact]
    public void What_is_over_or_did_not_fit_before_is_none_of_the_changes_doing()
    {
        var closed = new TimesChange.Close(null, new Closure(new DateInterval(Monday, Monday), ClosureKind.InsetDay)).ApplyTo(Times, By(At(8, 0))).Value;
        var gone = new TimesChange.TakeOutLesson(Maths).ApplyTo(closed, By(At(8, 0))).Value;

        Assert.Empty(TimesCheck.Hit([Session], closed, gone));
        Assert.Empty(TimesCheck.Hit([Session.Cancel(By(At(9, 0))).Value], Times, closed));
    }
}

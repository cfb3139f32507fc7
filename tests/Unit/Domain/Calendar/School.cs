using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Tests.Unit.Domain.Calendar;

/// <summary>A made-up school, September 2025 to July 2026.</summary>
internal static class School
{
    public static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    public static readonly SchoolId Id = new(new Guid("5c000000-0000-0000-0000-000000000001"));
    public static readonly Act Office = new(new PersonId(new Guid("0f000000-0000-0000-0000-000000000001")), Instant.FromUtc(2025, 8, 20, 9, 0), "sorted out");

    public static readonly Term Autumn = new("Autumn term", Dates(2025, 9, 3, 2025, 12, 19), Dates(2025, 10, 27, 2025, 10, 31));
    public static readonly Term Spring = new("Spring term", Dates(2026, 1, 5, 2026, 3, 27), Dates(2026, 2, 16, 2026, 2, 20));
    public static readonly Term Summer = new("Summer term", Dates(2026, 4, 13, 2026, 7, 21), Dates(2026, 5, 25, 2026, 5, 29));

    public static readonly Closure Inset = new(Dates(2026, 6, 1, 2026, 6, 1), ClosureKind.InsetDay);
    public static readonly Closure EarlyMay = new(Dates(2026, 5, 4, 2026, 5, 4), ClosureKind.BankHoliday, "Early May");
    public static readonly Closure NoHeating = new(Dates(2026, 1, 14, 2026, 1, 15), ClosureKind.Other, "the heating has failed");
    public static readonly OpenDay OpenSaturday = new(Date(2026, 3, 14), "open morning");

    public static readonly RoomId Lab = new(new Guid("40000000-0000-0000-0000-000000000001"));
    public static readonly RoomId Hall = new(new Guid("40000000-0000-0000-0000-000000000002"));
    public static readonly PersonId Teacher = new(new Guid("7e000000-0000-0000-0000-000000000001"));
    public static readonly DateInterval WholeYear = Dates(2025, 9, 1, 2026, 8, 31);

    public static SchoolCalendar TheYear { get; } = CalendarOf([Autumn, Spring, Summer], [Inset, EarlyMay, NoHeating], [OpenSaturday]);

    /// <summary>Week A is the first of each term.</summary>
    public static WeekCycle Fortnights { get; } =
        new([new(Autumn.Dates, CycleWeek.A), new(Spring.Dates, CycleWeek.A), new(Summer.Dates, CycleWeek.A)]);

    public static SchoolCalendar CalendarOf(IEnumerable<Term> terms, IEnumerable<Closure>? closures = null, IEnumerable<OpenDay>? openDays = null) =>
        new(London, AcademicYearStarts.England, SchoolCalendar.MondayToFriday, [.. terms], [.. closures ?? []], [.. openDays ?? []]);

    public static Timetable TimetableOf(params Lesson[] lessons) => new(Id, Fortnights, [.. lessons], []);

    public static Lesson Lesson(
        int number, string subject, IsoDayOfWeek weekday, LocalTime start, RoomId? room = null, CycleWeek? week = null, DateInterval? valid = null, int minutes = 60) =>
        new(LessonNumber(number), subject, room ?? Lab, Teacher, weekday, start, Duration.FromMinutes(minutes), valid ?? WholeYear, week);

    public static LessonId LessonNumber(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static LocalDate Date(int year, int month, int day) => new(year, month, day);

    public static DateInterval Dates(int year, int month, int day, int lastYear, int lastMonth, int lastDay) =>
        new(new LocalDate(year, month, day), new LocalDate(lastYear, lastMonth, lastDay));

    public static LocalSlot Slot(LocalDate date, int hour, int minute, int minutes = 60) =>
        new(date, new LocalTime(hour, minute), Duration.FromMinutes(minutes));
}

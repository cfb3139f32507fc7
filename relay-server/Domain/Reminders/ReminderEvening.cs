using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using NodaTime;

namespace AV1Relay.Domain.Reminders;

/// <summary>On which evening something is told: the one of the school day before, as long as that is not too far off.</summary>
/// <remarks>All by the school's wall clocks, so 17:00 stays 17:00 across a clock change.</remarks>
public static class ReminderEvening
{
    /// <summary>A weekend with a bank holiday lies between Friday and Tuesday. What is further off, after the holidays say, is told on the day before.</summary>
    private const int LongestAhead = 4;

    /// <summary>From then on reminders are sent.</summary>
    public static LocalTime From { get; } = new(17, 0);

    /// <summary>From then on they are not: what could not be sent by then is given up for the day.</summary>
    public static LocalTime Until { get; } = new(21, 0);

    public static bool IsNow(LocalDateTime wall) => wall.TimeOfDay >= From && wall.TimeOfDay < Until;

    /// <summary>What of a choice is due on an evening at one school.</summary>
    /// <param name="calendar">The school's; null where none has been entered: then Monday to Friday are its days.</param>
    public static DueReminder Due(ReminderChoice choice, LocalDate evening, SchoolCalendar? calendar)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var told = DaysToldOn(evening, calendar);
        var needs = choice.Needs switch
        {
            HowOften.Daily => told.Any(day => IsSchoolDay(day, calendar)),
            HowOften.Weekly => told.Any(day => BeginsWeek(day, calendar)),
            _ => false,
        };
        return new DueReminder(choice.Sessions ? told : [], needs);
    }

    /// <summary>The days of which an evening tells, in order: each day has just one such evening.</summary>
    internal static ImmutableArray<LocalDate> DaysToldOn(LocalDate evening, SchoolCalendar? calendar) =>
        [.. Enumerable.Range(1, LongestAhead).Select(evening.PlusDays).Where(day => EveningOf(day, calendar) == evening)];

    private static LocalDate EveningOf(LocalDate day, SchoolCalendar? calendar)
    {
        for (var back = 1; back <= LongestAhead; back++)
        {
            if (IsSchoolDay(day.PlusDays(-back), calendar)) return day.PlusDays(-back);
        }

        return day.PlusDays(-1);
    }

    private static bool BeginsWeek(LocalDate day, SchoolCalendar? calendar) =>
        IsSchoolDay(day, calendar) && !Enumerable.Range(1, (int)day.DayOfWeek - 1).Any(back => IsSchoolDay(day.PlusDays(-back), calendar));

    private static bool IsSchoolDay(LocalDate day, SchoolCalendar? calendar) =>
        calendar is { KnownDates: not null } ? calendar.IsSchoolDay(day) : SchoolCalendar.MondayToFriday.Contains(day.DayOfWeek);
}

/// <param name="Days">Of these the sessions are told; none: no sessions are.</param>
/// <param name="Needs">Whether it is told how many things need somebody.</param>
public sealed record DueReminder(ImmutableArray<LocalDate> Days, bool Needs);

using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>The same wall time on the same weekdays, week after week or each second week.</summary>
/// <remarks>Always true: it has weekdays, starts before it ends, and ends within <see cref="LongestYears"/> of its first date.</remarks>
public sealed class WeeklyRepeat
{
    /// <summary>A repeat gives slots for so many years at most.</summary>
    public const int LongestYears = 2;

    /// <param name="firstDate">No slot lies before it.</param>
    /// <param name="week">Null: every week.</param>
    /// <exception cref="ArgumentException">What is always true would not be, or no slot may last that long; <see cref="Create"/> says so in words.</exception>
    public WeeklyRepeat(
        LocalDate firstDate, ImmutableArray<IsoDayOfWeek> weekdays, LocalTime start, Duration duration, RepeatEnd end, CycleWeek? week = null)
    {
        weekdays = InOrder(weekdays);
        if (Problems(firstDate, weekdays, start, duration, end, week) is [var first, ..]) throw new ArgumentException(first.ToString());
        (FirstDate, Weekdays, Start, Duration, End, Week) = (firstDate, weekdays, start, duration, end, week);
    }

    /// <summary>No slot lies before it. It need not be one of the weekdays itself.</summary>
    public LocalDate FirstDate { get; }

    public ImmutableArray<IsoDayOfWeek> Weekdays { get; }

    public LocalTime Start { get; }

    public Duration Duration { get; }

    public RepeatEnd End { get; }

    /// <summary>Null: every week.</summary>
    public CycleWeek? Week { get; }

    private LocalDate LastDate => End is RepeatEnd.Until(var date) ? date : LastPossibleDate(FirstDate);

    /// <summary>What somebody asks for, or all that stands in its way.</summary>
    /// <exception cref="ArgumentException">A duration that no slot may have, or a weekday that is none.</exception>
    public static Outcome<WeeklyRepeat> Create(
        LocalDate firstDate, IEnumerable<IsoDayOfWeek> weekdays, LocalTime start, Duration duration, RepeatEnd end, CycleWeek? week = null)
    {
        var days = InOrder([.. weekdays]);
        return Problems(firstDate, days, start, duration, end, week) is { Count: > 0 } problems
            ? Outcome.Refused<WeeklyRepeat>(problems)
            : new WeeklyRepeat(firstDate, days, start, duration, end, week);
    }

    /// <summary>
    /// The slots on school days, and those that are left out with their reason. "So many times" counts the slots that take place: a
    /// holiday uses none of them up.
    /// </summary>
    public RepeatedSlots SlotsIn(SchoolCalendar calendar, WeekCycle cycle)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(cycle);
        var (slots, leftOut) = (ImmutableArray.CreateBuilder<LocalSlot>(), ImmutableArray.CreateBuilder<LeftOutSlot>());
        var wanted = End is RepeatEnd.Times(var count) ? count : int.MaxValue;
        for (var date = FirstDate; date <= LastDateIn(calendar) && slots.Count < wanted; date = date.PlusDays(1))
        {
            if (!Weekdays.Contains(date.DayOfWeek)) continue;
            var slot = new LocalSlot(date, Start, Duration);
            switch (IsThatWeek(date, cycle), calendar.RefusalOn(date))
            {
                case (true, null): slots.Add(slot); break;
                case (true, { } closed): leftOut.Add(new(slot, closed)); break;
                case (null, null): leftOut.Add(new(slot, WeekUnknown(date))); break;
                default: break; // the other week, or a closed day that belongs to neither
            }
        }

        return new(slots.ToImmutable(), leftOut.ToImmutable(), End is RepeatEnd.Times ? wanted - slots.Count : 0);
    }

    /// <summary>The last date that is two years' worth from the first.</summary>
    private static LocalDate LastPossibleDate(LocalDate firstDate) => firstDate.PlusYears(LongestYears).PlusDays(-1);

    private static ImmutableArray<IsoDayOfWeek> InOrder(ImmutableArray<IsoDayOfWeek> weekdays) =>
        weekdays.IsDefault ? [] : [.. weekdays.Distinct().Order()];

    private static List<Refusal> Problems(
        LocalDate firstDate, ImmutableArray<IsoDayOfWeek> days, LocalTime start, Duration duration, RepeatEnd end, CycleWeek? week)
    {
        ArgumentNullException.ThrowIfNull(end);
        _ = new LocalSlot(firstDate, start, duration); // its rules for a duration are the slots'
        if (days.Any(day => day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday))
            throw new ArgumentException("A weekday is Monday to Sunday.", nameof(days));

        var problems = new List<Refusal>();
        if (days.Length == 0)
            problems.Add(new("repeat.no-weekday", "The repeat has no weekday.", "Choose one weekday or more."));
        if (end is RepeatEnd.Until(var last) && last < firstDate)
            problems.Add(new("repeat.ends-before-start", "The repeat ends before it starts.", "Choose a later last date."));
        if (end is RepeatEnd.Times(< 1))
            problems.Add(new("repeat.no-times", "The repeat takes place not even once.", "Choose once or more."));
        var mostTimes = 53 * LongestYears * Math.Max(1, days.Length) / (week is null ? 1 : 2);
        if ((end is RepeatEnd.Until(var date) && date > LastPossibleDate(firstDate)) || (end is RepeatEnd.Times(var count) && count > mostTimes))
            problems.Add(new("repeat.too-long", $"The repeat lasts more than {LongestYears} years.", "Choose an earlier end, and repeat again when it comes near."));
        return problems;
    }

    private static Refusal WeekUnknown(LocalDate date) => new(
        "repeat.week-unknown",
        $"The timetable does not say whether {date.InWords()} is in week A or week B.",
        "Enter the weeks A and B of that time.");

    /// <summary>"So many times" looks no further than the calendar: after it every day would be left out.</summary>
    private LocalDate LastDateIn(SchoolCalendar calendar) =>
        End is RepeatEnd.Times && calendar.KnownDates is { } known ? LocalDate.Min(LastDate, known.End) : LastDate;

    /// <summary>Null: nobody says.</summary>
    private bool? IsThatWeek(LocalDate date, WeekCycle cycle) =>
        Week is null ? true : cycle.WeekOf(date) is { } week ? week == Week : null;
}

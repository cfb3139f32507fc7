using System.Collections.Immutable;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>One of the two weeks of a timetable that repeats after a fortnight.</summary>
public enum CycleWeek
{
    A,
    B,
}

/// <summary>Dates through which weeks A and B take turns, Monday to Sunday, holidays counted.</summary>
/// <param name="First">What the week of the first date is. Schools that don't count holidays have a period for each (half-)term.</param>
public sealed record CyclePeriod(DateInterval Dates, CycleWeek First)
{
    internal CycleWeek WeekOf(LocalDate date)
    {
        var weeks = Period.DaysBetween(Weeks.MondayOf(Dates.Start), Weeks.MondayOf(date)) / 7;
        return weeks % 2 == 0 ? First : First is CycleWeek.A ? CycleWeek.B : CycleWeek.A;
    }
}

/// <summary>Which weeks are A and which are B.</summary>
/// <remarks>Always true: periods come in order and don't overlap. Between them a week is neither.</remarks>
public sealed class WeekCycle
{
    /// <exception cref="ArgumentException">Periods overlap or are out of order.</exception>
    public WeekCycle(ImmutableArray<CyclePeriod> periods)
    {
        Periods = periods.IsDefault ? [] : periods;
        if (Periods.Zip(Periods.Skip(1)).Any(pair => pair.First.Dates.End >= pair.Second.Dates.Start))
            throw new ArgumentException("Periods of weeks A and B come in order and don't overlap.", nameof(periods));
    }

    /// <summary>All weeks are alike.</summary>
    public static WeekCycle None { get; } = new([]);

    public ImmutableArray<CyclePeriod> Periods { get; }

    /// <summary>With one period in the place of another.</summary>
    /// <param name="present">Null: another one is added.</param>
    /// <param name="next">Null: it is taken out.</param>
    public Outcome<WeekCycle> Change(CyclePeriod? present, CyclePeriod? next)
    {
        if (present is not null && !Periods.Contains(present)) return TimesRefusals.NoSuchWeeks;
        var others = present is null ? Periods : Periods.Remove(present);
        if (next is null) return new WeekCycle(others);
        return others.Any(other => other.Dates.Intersection(next.Dates) is not null)
            ? TimesRefusals.WeeksOverlap
            : new WeekCycle([.. others.Add(next).OrderBy(period => period.Dates.Start)]);
    }

    /// <summary>Null when no period says.</summary>
    public CycleWeek? WeekOf(LocalDate date) => Periods.FirstOrDefault(period => period.Dates.Contains(date))?.WeekOf(date);
}

using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <summary>When the pupil is expected at school, week by week; times may grow as weeks go by.</summary>
/// <remarks>Always true: there are one or more weeks, in order of their dates, each with one or more times that do not overlap.</remarks>
public sealed record AgreedTimetable
{
    /// <exception cref="ArgumentException">No weeks, or two that start on the same day.</exception>
    public AgreedTimetable(ImmutableArray<AgreedWeek> weeks)
    {
        if (weeks.IsDefaultOrEmpty) throw new ArgumentException("A timetable has times.", nameof(weeks));
        Weeks = [.. weeks.OrderBy(week => week.From)];
        if (Weeks.DistinctBy(week => week.From).Count() < Weeks.Length) throw new ArgumentException("Two weeks start on the same day.", nameof(weeks));
    }

    public ImmutableArray<AgreedWeek> Weeks { get; }

    /// <summary>The first day that it says anything about.</summary>
    public LocalDate From => Weeks[0].From;

    /// <summary>The times on one day; none before <see cref="From"/>. It knows no holidays and no end: the arrangement and the calendar do.</summary>
    public IReadOnlyList<LocalSlot> SlotsOn(LocalDate date)
    {
        var week = Weeks.LastOrDefault(week => week.From <= date);
        return week is null ? [] : [.. week.Times.Where(time => time.Day == date.DayOfWeek).Select(time => time.On(date))];
    }
}

/// <summary>What one week looks like, from a date until the next such week begins.</summary>
public sealed record AgreedWeek
{
    /// <exception cref="ArgumentException">No times, or times that overlap.</exception>
    public AgreedWeek(LocalDate from, ImmutableArray<AgreedTime> times)
    {
        if (times.IsDefaultOrEmpty) throw new ArgumentException("A reduced timetable is part-time, not no time.", nameof(times));
        (From, Times) = (from, [.. times.OrderBy(time => time.Day).ThenBy(time => time.Start)]);
        if (Times.Zip(Times.Skip(1)).Any(pair => pair.First.Day == pair.Second.Day && pair.Second.Start < pair.First.End))
            throw new ArgumentException("Two times overlap.", nameof(times));
    }

    public LocalDate From { get; }

    public ImmutableArray<AgreedTime> Times { get; }
}

/// <summary>One weekly time at school, as the clock on the wall shows it.</summary>
/// <remarks>Always true: it ends later on the same day.</remarks>
public sealed record AgreedTime
{
    /// <exception cref="ArgumentException">Not a day of the week, or an end that is not after the start.</exception>
    public AgreedTime(IsoDayOfWeek day, LocalTime start, LocalTime end)
    {
        if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) throw new ArgumentException("A time has a day of the week.", nameof(day));
        if (end <= start) throw new ArgumentException("A time ends after it starts.", nameof(end));
        (Day, Start, End) = (day, start, end);
    }

    public IsoDayOfWeek Day { get; }

    public LocalTime Start { get; }

    public LocalTime End { get; }

    internal LocalSlot On(LocalDate date) => new(date, Start, (End - Start).ToDuration());
}

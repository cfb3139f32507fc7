using System.Collections.Immutable;
using NodaTime;

namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>Single days folded back into lessons: the same each week or each second week, with what is different on some days.</summary>
/// <remarks>A file may say "each Monday", or list every Monday; either way it comes here as days.</remarks>
internal static class LessonFolding
{
    private const int MostRuns = 12; // of one event that comes and goes; more is no timetable

    /// <param name="cycle">Which weeks are A and B, where events need it.</param>
    /// <param name="today">Days before it are over: nothing is noted as different on them.</param>
    public static Folded Fold(IEnumerable<TimedEvent> events, SchoolCalendar calendar, DateInterval year, WeekCycle cycle, LocalDate today)
    {
        List<NotUnderstood> not = [];
        var groups = events.Where(one => one.MovedFrom is null)
            .GroupBy(one => new Weekly(one.Name, one.Place, one.Teacher, one.Slot.Date.DayOfWeek, one.Slot.Start, one.Slot.Duration))
            .Select(group => Group.Of(group, calendar, year)).Where(group => !IsLeftOut(group, not)).ToList();
        var used = groups.Any(group => group.IsPatchy) ? CycleGuess.Best(cycle, groups.Where(group => group.IsPatchy), calendar, year) : cycle;
        return new Folded([.. groups.SelectMany(group => FoldOne(group, used, today, not))], used, [.. not]);
    }

    private static bool IsLeftOut(Group group, List<NotUnderstood> not)
    {
        if (group.Weekly.Place.Length == 0) not.Add(Not(group, "It names no room."));
        else if (!group.IsOnWeekday) not.Add(Not(group, "It is on a day of the week without school."));
        else if (group.Days.Count == 0) not.Add(Not(group, "It is on no school day."));
        else if (group.Days.Count == 1 && group.SchoolDays.Count == 1) not.Add(Not(group, "It is there only once, so it is no lesson of each week."));
        else return false;
        return true;
    }

    private static IEnumerable<FoldedLesson> FoldOne(Group group, WeekCycle cycle, LocalDate today, List<NotUnderstood> not)
    {
        if (!group.IsPatchy) return [group.Lesson(group.Days, null, [.. group.Missing.Where(day => day >= today)])];
        if (group.WeekIn(cycle) is { } week)
            return [group.Lesson(group.Days, week, [.. group.Missing.Where(day => cycle.WeekOf(day) == week && day >= today)])];
        var runs = group.Runs();
        if (runs.Count <= MostRuns) return runs.Select(run => group.Lesson(run, null, []));
        not.Add(Not(group, "It comes and goes without a pattern."));
        return [];
    }

    private static NotUnderstood Not(Group group, string why) =>
        new($"{group.Weekly.Name}, {group.Weekly.Weekday} {group.Weekly.Start.InWords()}{(group.Days.Count == 1 ? $", {group.Days[0].InWords()}" : "")}", why);

    /// <summary>What makes days the same lesson.</summary>
    internal sealed record Weekly(string Name, string Place, string Teacher, IsoDayOfWeek Weekday, LocalTime Start, Duration Duration);

    /// <param name="Days">On which it is, of the school days.</param>
    /// <param name="SchoolDays">Of that weekday, from its first day to its last.</param>
    internal sealed record Group(Weekly Weekly, ImmutableHashSet<string> Uids, List<LocalDate> Days, List<LocalDate> SchoolDays, bool IsOnWeekday)
    {
        public IEnumerable<LocalDate> Missing => SchoolDays.Except(Days);

        /// <summary>Too many weeks are left out for the lesson of each week.</summary>
        public bool IsPatchy => (SchoolDays.Count - Days.Count) * 3 > SchoolDays.Count;

        public static Group Of(IGrouping<Weekly, TimedEvent> events, SchoolCalendar calendar, DateInterval year)
        {
            var isKnown = calendar.TermsOf(calendar.AcademicYearOf(year.Start)).Any();
            var days = events.Select(one => one.Slot.Date).Where(day => !isKnown || calendar.IsSchoolDay(day)).Distinct().Order().ToList();
            List<LocalDate> school = days.Count == 0
                ? []
                : [.. new DateInterval(days[0], days[^1]).Where(day => day.DayOfWeek == events.Key.Weekday && (!isKnown || calendar.IsSchoolDay(day)))];
            return new(events.Key, [.. events.Select(one => one.Uid)], days, school, calendar.SchoolWeek.Contains(events.Key.Weekday) || days.Count > 0);
        }

        /// <summary>In which of the two weeks all of its days are; null: in both, or nobody knows.</summary>
        public CycleWeek? WeekIn(WeekCycle cycle)
        {
            var weeks = Days.Select(cycle.WeekOf).Distinct().ToList();
            if (weeks is not [{ } week]) return null;
            var there = SchoolDays.Count(day => cycle.WeekOf(day) == week);
            return (there - Days.Count) * 3 <= there ? week : null;
        }

        /// <summary>Weeks that follow each other without one left out.</summary>
        public List<List<LocalDate>> Runs()
        {
            List<List<LocalDate>> runs = [];
            foreach (var day in SchoolDays)
            {
                if (!Days.Contains(day)) runs.Add([]);
                else if (runs.Count == 0) runs.Add([day]);
                else runs[^1].Add(day);
            }

            runs.RemoveAll(run => run.Count == 0);
            return runs;
        }

        public FoldedLesson Lesson(List<LocalDate> days, CycleWeek? week, ImmutableArray<LocalDate> cancelled) =>
            new(Weekly, Uids, new DateInterval(days[0], days[^1]), week, cancelled);
    }
}

/// <param name="Cancelled">Days on which it would be, and is not.</param>
internal sealed record FoldedLesson(LessonFolding.Weekly Weekly, ImmutableHashSet<string> Uids, DateInterval Valid, CycleWeek? Week, ImmutableArray<LocalDate> Cancelled);

internal sealed record Folded(ImmutableArray<FoldedLesson> Lessons, WeekCycle Cycle, ImmutableArray<NotUnderstood> Not);

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>What a school's times would be with a calendar file taken over, and in what they would differ. Nothing is changed by it.</summary>
/// <remarks>
/// Only one school year is touched, and of that only what the file speaks of: a file of term dates leaves the timetable alone, one of lessons the
/// terms. What the file no longer has of its own kind is removed; a closure that somebody entered for another reason stays.
/// </remarks>
/// <param name="Lines">By kind; for people.</param>
public sealed record TimesImport(SchoolTimes Next, ImmutableArray<ImportLine> Lines, ImmutableArray<NotUnderstood> NotUnderstood)
{
    /// <summary>A school has no more lessons in a year, by far.</summary>
    public const int MostLessons = 3_000;

    /// <summary>Nor rooms.</summary>
    public const int MostRooms = 500;

    private static readonly Refusal NothingInIt = new(
        "import.nothing-in-it", "Nothing in the file is a term, a day off or a lesson of that school year.", "Choose the other school year, or another file.");

    private static readonly Refusal TooMuch = new(
        "import.too-much", "The file has more lessons or rooms than a school has.", "Export the timetable alone, and try that file.");

    /// <param name="year">The school year that is taken over.</param>
    /// <param name="today">Days before it are over: nothing is noted as different on them.</param>
    /// <param name="teachers">Who somebody is that the file names; null: nobody known.</param>
    /// <param name="newId">For rooms and lessons that are new.</param>
    public static Outcome<TimesImport> Of(
        ImportedFile file, SchoolTimes present, AcademicYear year, LocalDate today, Func<string, PersonId?> teachers, Func<Guid> newId, Act act)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(year);
        var reading = DayReading.Of(file.Days, present.Calendar.TermsOf(year));
        if (!CalendarWith(reading, present.Calendar, year, act).TryGet(out var calendar, out var refusals)) return Outcome.Refused<TimesImport>(refusals);
        var folded = LessonFolding.Fold(file.Timed, calendar, year.Dates, present.Timetable.Cycle, today);
        if (reading.Terms.IsEmpty && reading.Closures.IsEmpty && folded.Lessons.IsEmpty) return NothingInIt;
        if (folded.Lessons.Length > MostLessons) return TooMuch;

        var rooms = RoomsWith(folded, present.Rooms, newId);
        if (rooms.Length > MostRooms) return TooMuch;
        List<NotUnderstood> not = [.. file.NotUnderstood, .. reading.Not, .. folded.Not];
        var timetable = folded.Lessons.IsEmpty
            ? present.Timetable
            : TimetableWith(new LessonPlacing(present, year, rooms, teachers, newId), folded, file, act, not);
        var next = new SchoolTimes(present.School, calendar, timetable, rooms);
        return new TimesImport(next, [.. ImportLines.Between(present, next)], [.. not]);
    }

    private static Outcome<SchoolCalendar> CalendarWith(DayReading reading, SchoolCalendar present, AcademicYear year, Act act)
    {
        bool IsOfYear(DateInterval dates) => year.Dates.Contains(dates.Start);
        ImmutableArray<Term> terms = reading.Terms.IsEmpty
            ? present.Terms
            : [.. present.Terms.Where(term => !IsOfYear(term.Dates)).Concat(reading.Terms.Where(term => IsOfYear(term.Dates))).OrderBy(term => term.Dates.Start)];
        var kinds = reading.Closures.Where(closure => closure.Kind is not ClosureKind.Other).Select(closure => closure.Kind).ToHashSet();
        ImmutableArray<Closure> closures =
        [
            .. present.Closures.Where(closure => !IsOfYear(closure.Dates) || !kinds.Contains(closure.Kind))
                .Concat(reading.Closures.Where(closure => IsOfYear(closure.Dates))).Distinct(),
        ];
        return CalendarRules.Broken(present.YearStarts, terms, closures, present.OpenDays) is { Count: > 0 } broken
            ? Outcome.Refused<SchoolCalendar>(broken)
            : new SchoolCalendar(present.Zone, present.YearStarts, present.SchoolWeek, terms, closures, present.OpenDays, act);
    }

    private static ImmutableArray<SchoolRoom> RoomsWith(Folded folded, ImmutableArray<SchoolRoom> present, Func<Guid> newId) =>
    [
        .. present,
        .. folded.Lessons.Select(lesson => lesson.Weekly.Place).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(place => !present.Any(room => string.Equals(room.Name, place, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.OrdinalIgnoreCase).Select(place => new SchoolRoom(new RoomId(newId()), place)),
    ];

    private static Timetable TimetableWith(LessonPlacing placing, Folded folded, ImportedFile file, Act act, List<NotUnderstood> not)
    {
        var placed = placing.Place(folded);
        List<LessonChange> changes = [];
        foreach (var (lesson, from) in placed)
            changes.AddRange(from.Cancelled.Select(day => new LessonChange(lesson.Id, day, isCancelled: true, null, null, act)));
        foreach (var moved in file.Timed.Where(one => one.MovedFrom is not null))
        {
            if (placing.MoveOf(moved, placed, folded.Cycle, act) is not { } change)
                not.Add(new($"{moved.Name}, {moved.Slot.Date.InWords()} {moved.Slot.Start.InWords()}", "It is moved from a day on which there is no such lesson."));
            else if (changes.FindIndex(other => other.Lesson == change.Lesson && other.Date == change.Date) is var index and >= 0)
                changes[index] = change;
            else
                changes.Add(change);
        }

        return placing.Timetable(placed, folded.Cycle, changes, act);
    }
}

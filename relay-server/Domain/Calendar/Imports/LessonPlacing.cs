using System.Collections.Immutable;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>Puts lessons out of a file into a school's timetable: under the ids that they have there already, in its rooms.</summary>
internal sealed class LessonPlacing(SchoolTimes present, AcademicYear year, ImmutableArray<SchoolRoom> rooms, Func<string, PersonId?> teachers, Func<Guid> newId)
{
    // What refers to a lesson goes on doing so where it is moved a little: first the ones that are the same, then those with one thing different.
    private static readonly Func<Lesson, object>[] Likenesses =
    [
        lesson => (lesson.Subject, lesson.Room, lesson.Weekday, lesson.Start, lesson.Duration, lesson.Week, lesson.Valid),
        lesson => (lesson.Subject, lesson.Room, lesson.Weekday, lesson.Start, lesson.Week),
        lesson => (lesson.Subject, lesson.Weekday, lesson.Start),
        lesson => (lesson.Subject, lesson.Room, lesson.Weekday),
    ];

    private readonly Dictionary<string, RoomId> _rooms = rooms.GroupBy(room => room.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(room => room.Key, room => room.First().Id, StringComparer.OrdinalIgnoreCase);

    public List<(Lesson Lesson, FoldedLesson From)> Place(Folded folded)
    {
        var placed = folded.Lessons.OrderBy(lesson => lesson.Valid.Start)
            .Select(from => (Lesson: New(from), From: from)).ToList();
        var unmatched = present.Timetable.Lessons.Where(IsOfYear).OrderBy(lesson => lesson.Valid.Start).ToList();
        var open = Enumerable.Range(0, placed.Count).ToList();
        foreach (var likeness in Likenesses)
        {
            var alike = unmatched.GroupBy(likeness).ToDictionary(group => group.Key, group => new Queue<Lesson>(group));
            foreach (var index in open.ToList())
            {
                if (!alike.TryGetValue(likeness(placed[index].Lesson), out var same) || !same.TryDequeue(out var there)) continue;
                placed[index] = (Under(there, placed[index].Lesson), placed[index].From);
                unmatched.Remove(there);
                open.Remove(index);
            }
        }

        return placed;
    }

    /// <summary>Null: there is no such lesson on that day.</summary>
    public LessonChange? MoveOf(TimedEvent moved, List<(Lesson Lesson, FoldedLesson From)> placed, WeekCycle cycle, Act act)
    {
        var date = moved.MovedFrom!.Value; // asked of those that are moved
        var lesson = placed.FirstOrDefault(one => one.From.Uids.Contains(moved.Uid) && one.Lesson.StandsOn(date, cycle)).Lesson;
        if (lesson is null) return null;
        RoomId? room = _rooms.TryGetValue(moved.Place, out var there) && there != lesson.Room ? there : null;
        var slot = moved.Slot == lesson.SlotOn(date) ? null : moved.Slot;
        return room is null && slot is null ? null : new LessonChange(lesson.Id, date, isCancelled: false, room, slot, act);
    }

    /// <summary>Lessons of other years stay; what people changed on single days stays where the file says nothing of that day.</summary>
    public Timetable Timetable(List<(Lesson Lesson, FoldedLesson From)> placed, WeekCycle cycle, List<LessonChange> changes, Act act)
    {
        var incoming = new Timetable(
            present.School, cycle, [.. present.Timetable.Lessons.Where(lesson => !IsOfYear(lesson)), .. placed.Select(one => one.Lesson)],
            [.. changes]);
        return present.Timetable.ReplaceWith(incoming, act).Value; // it has lessons
    }

    private bool IsOfYear(Lesson lesson) => lesson.Valid.Intersection(year.Dates) is not null;

    private Lesson New(FoldedLesson from) => new(
        new LessonId(newId()), from.Weekly.Name, _rooms[from.Weekly.Place], from.Weekly.Teacher.Length == 0 ? null : teachers(from.Weekly.Teacher),
        from.Weekly.Weekday, from.Weekly.Start, from.Weekly.Duration, from.Valid, from.Week);

    /// <summary>Whom the file doesn't name, or names as nobody knows them, stays its teacher.</summary>
    private static Lesson Under(Lesson there, Lesson lesson) => new(
        there.Id, lesson.Subject, lesson.Room, lesson.Teacher ?? there.Teacher, lesson.Weekday, lesson.Start, lesson.Duration, lesson.Valid, lesson.Week);
}

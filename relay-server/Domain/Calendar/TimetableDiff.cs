using System.Collections.Immutable;

namespace AV1Relay.Domain.Calendar;

/// <summary>What replacing one timetable by another would change, to be shown before it is done.</summary>
/// <remarks>
/// A lesson is the same when its id is; where an import has made new ids, also when all but the id and the dates of validity is.
/// It keeps the present id, so that what refers to it still does.
/// </remarks>
/// <param name="Added">Only in the incoming one.</param>
/// <param name="Removed">Only in the present one.</param>
/// <param name="Changed">In both, and not alike.</param>
/// <param name="Lapsed">Changes of single days that end because the lesson is gone or is no longer on that day.</param>
/// <param name="CycleChanges">Whether weeks A and B fall differently.</param>
public sealed record TimetableDiff(
    ImmutableArray<Lesson> Added,
    ImmutableArray<Lesson> Removed,
    ImmutableArray<ChangedLesson> Changed,
    ImmutableArray<LessonChange> Lapsed,
    bool CycleChanges)
{
    /// <summary>Changes of single days that the incoming timetable brings, and the present one has not.</summary>
    public ImmutableArray<LessonChange> NewChanges { get; private init; } = [];

    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty && Lapsed.IsEmpty && NewChanges.IsEmpty && !CycleChanges;

    internal ImmutableArray<Lesson> LessonsAfter { get; private init; } = [];

    internal ImmutableArray<LessonChange> ChangesAfter { get; private init; } = [];

    public static TimetableDiff Between(Timetable present, Timetable incoming)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(incoming);
        if (present.School != incoming.School) throw new ArgumentException("Timetables of one school are compared.", nameof(incoming));

        var presentIds = PresentIds(present, incoming);
        ImmutableArray<Lesson> after = [.. incoming.Lessons.Select(lesson => lesson.Named(presentIds.GetValueOrDefault(lesson.Id, lesson.Id)))];
        var afterById = after.ToDictionary(lesson => lesson.Id);

        ImmutableArray<LessonChange> brought = [.. incoming.Changes.Select(change => change.Of(presentIds.GetValueOrDefault(change.Lesson, change.Lesson)))];
        var broughtDays = brought.Select(change => (change.Lesson, change.Date)).ToHashSet();
        var own = present.Changes.Where(change => !broughtDays.Contains((change.Lesson, change.Date)))
            .ToLookup(change => afterById.TryGetValue(change.Lesson, out var lesson) && lesson.StandsOn(change.Date, incoming.Cycle));

        return new TimetableDiff(
            [.. after.Where(lesson => present.Find(lesson.Id) is null)],
            [.. present.Lessons.Where(lesson => !afterById.ContainsKey(lesson.Id))],
            [.. from lesson in after
                let before = present.Find(lesson.Id)
                where before is not null && before != lesson
                select new ChangedLesson(before, lesson)],
            [.. own[false]],
            !present.Cycle.Periods.SequenceEqual(incoming.Cycle.Periods))
        {
            NewChanges = [.. brought.Where(
                change => present.ChangeOf(change.Lesson, change.Date) is not { } same || !Alike(change, same))],
            LessonsAfter = after,
            ChangesAfter = [.. own[true], .. brought],
        };
    }

    /// <summary>The present id of each incoming lesson that is in the present timetable.</summary>
    private static Dictionary<LessonId, LessonId> PresentIds(Timetable present, Timetable incoming)
    {
        var ids = incoming.Lessons.Where(lesson => present.Find(lesson.Id) is not null).ToDictionary(lesson => lesson.Id, lesson => lesson.Id);

        // The same weekday and time may be valid twice, in two terms: earlier goes with earlier.
        var unmatched = present.Lessons.Where(lesson => !ids.ContainsKey(lesson.Id)).OrderBy(lesson => lesson.Valid.Start)
            .GroupBy(Likeness).ToDictionary(alike => alike.Key, alike => new Queue<Lesson>(alike));
        foreach (var lesson in incoming.Lessons.Where(lesson => !ids.ContainsKey(lesson.Id)).OrderBy(lesson => lesson.Valid.Start))
        {
            if (unmatched.TryGetValue(Likeness(lesson), out var alike) && alike.TryDequeue(out var same)) ids.Add(lesson.Id, same.Id);
        }

        return ids;
    }

    private static object Likeness(Lesson lesson) =>
        (lesson.Subject, lesson.Room, lesson.Teacher, lesson.Weekday, lesson.Start, lesson.Duration, lesson.Week);

    /// <summary>Whoever made it.</summary>
    private static bool Alike(LessonChange one, LessonChange other) =>
        (one.IsCancelled, one.Room, one.Slot) == (other.IsCancelled, other.Room, other.Slot);
}

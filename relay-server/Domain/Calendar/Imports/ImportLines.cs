namespace AV1Relay.Domain.Calendar.Imports;

/// <summary>In what two times of a school differ, in lines that people read.</summary>
internal static class ImportLines
{
    public static IEnumerable<ImportLine> Between(SchoolTimes before, SchoolTimes after)
    {
        var (left, come) = (before.Calendar.Terms.Except(after.Calendar.Terms).ToList(), after.Calendar.Terms.Except(before.Calendar.Terms).ToList());
        foreach (var term in come)
        {
            // The same term with other days: what it is called may have changed with them.
            var was = left.FirstOrDefault(other => other.Name == term.Name && other.Dates.Intersection(term.Dates) is not null)
                ?? left.FirstOrDefault(other => other.Dates.Intersection(term.Dates) is not null);
            if (was is not null) left.Remove(was);
            yield return was is null
                ? new(ImportEffect.Added, ImportKind.Term, Of(term))
                : new(ImportEffect.Changed, ImportKind.Term, $"{Of(term)}. It was: {Of(was)}");
        }

        foreach (var term in left) yield return new(ImportEffect.Removed, ImportKind.Term, Of(term));
        foreach (var closure in after.Calendar.Closures.Except(before.Calendar.Closures)) yield return new(ImportEffect.Added, ImportKind.Day, Of(closure));
        foreach (var closure in before.Calendar.Closures.Except(after.Calendar.Closures)) yield return new(ImportEffect.Removed, ImportKind.Day, Of(closure));
        foreach (var room in after.Rooms.Except(before.Rooms)) yield return new(ImportEffect.Added, ImportKind.Room, room.Name);
        foreach (var line in Between(before.Timetable, after.Timetable)) yield return line;
    }

    private static IEnumerable<ImportLine> Between(Timetable before, Timetable after)
    {
        var diff = before.CompareWith(after);
        foreach (var lesson in InOrder(diff.Added)) yield return new(ImportEffect.Added, ImportKind.Lesson, Of(lesson));
        foreach (var changed in diff.Changed.OrderBy(changed => changed.After.Weekday).ThenBy(changed => changed.After.Start))
            yield return new(ImportEffect.Changed, ImportKind.Lesson, $"{Of(changed.After)}: {string.Join(", ", changed.Differences)}");
        foreach (var lesson in InOrder(diff.Removed)) yield return new(ImportEffect.Removed, ImportKind.Lesson, Of(lesson));
        foreach (var change in diff.NewChanges.OrderBy(change => change.Date))
            yield return new(ImportEffect.Added, ImportKind.OneDay, $"{after.Find(change.Lesson)?.Subject}, {change.Date.InWords()}: {WhatOf(change)}");
        foreach (var change in diff.Lapsed.OrderBy(change => change.Date))
            yield return new(ImportEffect.Removed, ImportKind.OneDay, $"{before.Find(change.Lesson)?.Subject}, {change.Date.InWords()}: {WhatOf(change)}");
        if (diff.CycleChanges) yield return new(ImportEffect.Changed, ImportKind.Lesson, "Which weeks are A and which are B");
    }

    private static IEnumerable<Lesson> InOrder(IEnumerable<Lesson> lessons) =>
        lessons.OrderBy(lesson => lesson.Weekday).ThenBy(lesson => lesson.Start).ThenBy(lesson => lesson.Subject, StringComparer.Ordinal);

    private static string Of(Term term) => $"{term.Name}, {term.Dates.InWords()}{(term.HalfTerm is { } off ? $", half-term {off.InWords()}" : "")}";

    private static string Of(Closure closure) => closure.Kind switch
    {
        ClosureKind.InsetDay => $"INSET day, {closure.Dates.InWords()}",
        ClosureKind.BankHoliday => $"{(closure.Words.Length > 0 ? closure.Words : "Bank holiday")}, {closure.Dates.InWords()}",
        _ => $"Closed ({closure.Words}), {closure.Dates.InWords()}",
    };

    private static string Of(Lesson lesson) =>
        $"{lesson.Subject}, {lesson.Weekday} {lesson.Start.InWords()}{(lesson.Week is { } week ? $", week {week}" : "")}";

    private static string WhatOf(LessonChange change) =>
        change.IsCancelled ? "cancelled" : change.Slot is { } slot ? $"at {slot.Start.InWords()} on {slot.Date.InWords()}" : "in another room";
}

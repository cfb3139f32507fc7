namespace AV1Relay.Domain.Calendar;

/// <summary>One lesson in two timetables.</summary>
public sealed record ChangedLesson(Lesson Before, Lesson After)
{
    /// <summary>What is not the same, as it is shown: <c>room</c>, <c>time</c>.</summary>
    public IReadOnlyList<string> Differences =>
    [
        .. new (bool Differs, string Name)[]
        {
            (Before.Subject != After.Subject, "subject"),
            (Before.Room != After.Room, "room"),
            (Before.Teacher != After.Teacher, "teacher"),
            (Before.Weekday != After.Weekday, "weekday"),
            (Before.Start != After.Start || Before.Duration != After.Duration, "time"),
            (Before.Week != After.Week, "week"),
            (Before.Valid != After.Valid, "dates"),
        }.Where(part => part.Differs).Select(part => part.Name),
    ];
}

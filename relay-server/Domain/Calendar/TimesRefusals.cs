using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Calendar;

/// <summary>Why a school's terms, days off, rooms and lessons are not changed as somebody asks.</summary>
public static class TimesRefusals
{
    internal static Refusal TermNotNamed { get; } = new("times.term-not-named", "The term has no name.", "Enter what people call it, such as Autumn 2026.");

    internal static Refusal EndsBeforeItBegins { get; } = new("times.ends-before-it-begins", "The last day comes before the first.", "Check both days.");

    internal static Refusal HalfTermNotWhole { get; } = new(
        "times.half-term-not-whole", "Half-term has a first and a last day.", "Enter both days, or leave both empty.");

    internal static Refusal HalfTermOutside { get; } = new(
        "times.half-term-outside", "Half-term lies inside the term, after its first day and before its last.", "Check the days of half-term.");

    internal static Refusal NoSuchTerm { get; } = new("times.no-such-term", "The calendar has no such term any more.", "Look at the school times again.");

    internal static Refusal NoSuchWeeks { get; } = new("times.no-such-weeks", "These weeks A and B are not entered any more.", "Look at the school times again.");

    internal static Refusal WeeksOverlap { get; } = new(
        "times.weeks-overlap", "For some of these days weeks A and B are entered already.", "Choose days outside of those, or change the others first.");

    internal static Refusal ClosureWithoutWords { get; } = new("times.closure-without-words", "It isn't said why the school is closed.", "Say why, in a few words.");

    internal static Refusal RoomNotNamed { get; } = new("times.room-not-named", "The room has no name.", "Enter what people call it, such as 8B.");

    internal static Refusal RoomThere { get; } = new("times.room-there", "There is a room of that name already.", "Choose another name, or change the room that is there.");

    internal static Refusal NoSuchRoom { get; } = new("times.no-such-room", "The school has no such room any more.", "Look at the school times again.");

    internal static Refusal RoomHasLessons(int lessons) => new(
        "times.room-has-lessons", lessons == 1 ? "A lesson is in this room." : FormattableString.Invariant($"{lessons} lessons are in this room."),
        "Move them to another room first, or take them out.");

    internal static Refusal LessonNotNamed { get; } = new("times.lesson-not-named", "The lesson has no name.", "Enter what people call it, such as 8B Maths.");

    internal static Refusal LessonEndsBeforeItBegins { get; } = new("times.lesson-ends-before-it-begins", "The lesson ends before it starts.", "Check both times.");

    internal static Refusal NoWeekday { get; } = new("times.no-weekday", "The lesson has no weekday.", "Choose its weekday.");

    internal static Refusal LessonThere { get; } = new("times.lesson-there", "The timetable has this lesson already.", "Look at the school times again.");

    /// <summary>Nothing is changed unless who changes it has seen which sessions it touches.</summary>
    public static Refusal SessionsHit(int sessions) => new(
        "times.sessions-hit",
        sessions == 1
            ? "One booked session doesn't fit with this change."
            : FormattableString.Invariant($"{sessions} booked sessions don't fit with this change."),
        "Look at the list below. Tick the box and send it again to change it all the same; then move these sessions or call them off.");
}

using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>Why a lesson does not take place or can't be changed.</summary>
internal static class TimetableRefusals
{
    public static Refusal NoSuchLesson { get; } = new(
        "timetable.no-such-lesson", "The timetable has no such lesson any more.", "Choose a lesson from the timetable as it is now.");

    public static Refusal NothingIncoming { get; } = new(
        "timetable.nothing-incoming", "The new timetable has no lessons at all.", "Check the file that it came from; the present timetable stays.");

    public static Refusal NotThatDay(Lesson lesson, LocalDate date) => new(
        "timetable.not-that-day", $"The timetable has no {lesson.Subject} of this kind on {date.InWords()}.", "Choose a day on which the lesson is.");

    public static Refusal Cancelled(Lesson lesson, LocalDate date) => new(
        "timetable.lesson-cancelled", $"{lesson.Subject} on {date.InWords()} is cancelled.", "Choose another day, or put the lesson back first.");

    public static Refusal NotChanged(Lesson lesson, LocalDate date) => new(
        "timetable.not-changed", $"{lesson.Subject} on {date.InWords()} is already as the timetable has it.", "Nothing needs to be done.");
}

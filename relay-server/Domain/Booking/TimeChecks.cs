using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the time is one at which the school, the lesson and the step let a session be.</summary>
internal static class TimeChecks
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        if (request.Interval.Start < request.By.At)
            yield return new("booking.in-the-past", "That time has gone by.", "Choose a time to come.");

        if (request.Zone.Id != board.Zone.Id)
        {
            yield return new(
                "booking.other-zone", "That time is not by the school's clocks.",
                $"Choose the time as the clocks at the school show it ({board.Zone.Id}).");
        }

        if (request.Slot.Duration > board.Plan.CurrentStep.Duration)
        {
            yield return new(
                "booking.longer-than-step", "That is longer than the step says.",
                $"Book {board.Plan.CurrentStep.Duration.TotalMinutes:0} minutes or less, or change the step together with the pupil.");
        }

        foreach (var refusal in FindInDay(request, board))
            yield return refusal;
    }

    /// <summary>What of the day itself stands against it: school, lesson, and the hours outside lessons.</summary>
    public static IEnumerable<Refusal> FindInDay(BookingRequest request, BookingBoard board)
    {
        if (FindDayRefusal(request, board) is { } refusal)
            yield return refusal;

        var hours = board.Rules.Hours;
        if (request.Lesson is null && !hours.Contain(request.Interval, request.Slot.Date, request.Zone))
        {
            yield return new(
                "booking.outside-hours", $"Outside lessons, sessions are between {hours.From.InWords()} and {hours.Until.InWords()}.",
                "Choose a time between these, or one of the day's lessons.");
        }
    }

    public static LessonFacts? FindLesson(BookingRequest request, BookingBoard board) =>
        FindDay(request, board)?.Lessons.FirstOrDefault(lesson => lesson.Name.Id == request.Lesson);

    private static Refusal? FindDayRefusal(BookingRequest request, BookingBoard board)
    {
        var day = FindDay(request, board);
        if (day is null)
            return new("booking.day-unknown", "The calendar does not reach to that day.", "Add the term dates, or choose an earlier day.");
        if (day.ClosedBecause is not null)
            return new("booking.closed-day", $"The school is closed on {day.Date.InWords()}: {day.ClosedBecause}.", "Choose a school day.");
        if (request.Lesson is null)
            return null;
        if (FindLesson(request, board) is not { } lesson)
            return new("booking.lesson-unknown", "That lesson is not in the timetable of that day.", "Choose one of the day's lessons.");
        return IsInside(request, lesson) ? null : OutsideLesson(lesson);
    }

    private static DayFacts? FindDay(BookingRequest request, BookingBoard board) => board.Days.FirstOrDefault(day => day.Date == request.Slot.Date);

    private static bool IsInside(BookingRequest request, LessonFacts lesson)
    {
        var (asked, taught) = (request.Interval, lesson.Slot.ToInterval(request.Zone));
        return taught.Start <= asked.Start && asked.End <= taught.End;
    }

    private static Refusal OutsideLesson(LessonFacts lesson)
    {
        var minutes = lesson.Slot.Duration.TotalMinutes;
        return new(
            "booking.outside-lesson", $"The lesson begins at {lesson.Slot.Start.InWords()} and lasts {minutes:0} minutes.",
            "Choose a time within it, or book without a lesson.");
    }
}

using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the time is one at which the school, the lesson and the step let a session be.</summary>
internal static class TimeChecks
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        if (request.Interval.Start < request.By.At)
            yield return new("booking.in-the-past", "That time has gone by.", "Choose a time to come.");

        if (request.Slot.Duration > board.Plan.CurrentStep.Duration)
        {
            yield return new(
                "booking.longer-than-step", "That is longer than the step says.",
                $"Book {board.Plan.CurrentStep.Duration.TotalMinutes:0} minutes or less, or change the step together with the pupil.");
        }

        if (FindDayRefusal(request, board) is { } refusal)
            yield return refusal;
    }

    public static LessonFacts? FindLesson(BookingRequest request, BookingBoard board) =>
        FindDay(request, board)?.Lessons.FirstOrDefault(lesson => lesson.Name.Id == request.LessonId);

    private static Refusal? FindDayRefusal(BookingRequest request, BookingBoard board)
    {
        var day = FindDay(request, board);
        if (day is null)
            return new("booking.day-unknown", "The calendar does not reach to that day.", "Add the term dates, or choose an earlier day.");
        if (day.ClosedBecause is not null)
            return new("booking.closed-day", $"The school is closed that day: {day.ClosedBecause}.", "Choose a school day.");
        if (request.LessonId is null)
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
            "booking.outside-lesson", $"The lesson begins at {SessionRefusals.Clock(lesson.Slot.Start)} and lasts {minutes:0} minutes.",
            "Choose a time within it, or book without a lesson.");
    }
}

using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>
/// No more of the pupil's sessions in a week, Monday to Sunday, than the step says, whatever step and plan they were booked at. What did not
/// come about is not counted.
/// </summary>
internal static class WeekCheck
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        var monday = Weeks.MondayOf(request.Slot.Date);
        var step = board.Plan.CurrentStep;
        var booked = board.Sessions.Count(session =>
            session.Holds is not null && session.Booked.Pupil == board.Plan.Pupil
            && Weeks.MondayOf(session.Booked.Slot.Date) == monday);
        if (booked < step.SessionsPerWeek) yield break;

        yield return new(
            "booking.enough-this-week", $"The step says {step.SessionsPerWeek} a week, and the week has {booked}.",
            $"Choose the week from {monday.PlusWeeks(1).InWords()}, or change the step together with the pupil.");
    }
}

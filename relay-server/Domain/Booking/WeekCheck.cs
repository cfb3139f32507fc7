using System.Globalization;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>No more sessions in a week, Monday to Sunday, than the step says, whatever step they were booked at. What did not come about is not counted.</summary>
internal static class WeekCheck
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        var monday = MondayOf(request.Slot.Date);
        var step = board.Plan.CurrentStep;
        var booked = board.Sessions.Count(session =>
            session.Holds is not null && session.Booked.Plan == request.Plan
            && MondayOf(session.Booked.Slot.Date) == monday);
        if (booked < step.SessionsPerWeek) yield break;

        var next = monday.PlusWeeks(1).ToString("d MMMM", CultureInfo.InvariantCulture);
        yield return new(
            "booking.enough-this-week", $"The step says {step.SessionsPerWeek} a week, and the week has {booked}.",
            $"Choose the week from Monday {next}, or change the step together with the pupil.");
    }

    internal static LocalDate MondayOf(LocalDate date) => date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
}

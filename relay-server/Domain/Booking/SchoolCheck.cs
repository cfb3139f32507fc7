using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the pupil is at the plan's school on that day. After a move the plan stays where it was, and books nothing.</summary>
internal static class SchoolCheck
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        if (board.Schooling?.SchoolOn(request.Slot.Date) == board.Plan.School) yield break;
        yield return new(
            "booking.pupil-elsewhere", "The pupil is not entered at this school on that day.",
            "Look at the pupil's schools. Where the pupil has moved, close this plan: the other school drafts one of its own.");
    }
}

using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the room is one where the robot keeps its network. How many sessions it hosts does not matter.</summary>
internal static class PlaceChecks
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        if (string.IsNullOrWhiteSpace(request.Room))
            yield return new("booking.room-missing", "It is not said where the robot will be.", "Choose a room.");

        if (board.Rooms.Any(room => room.Name == request.Room && !room.HoldsWifi))
        {
            yield return new(
                "booking.room-without-wifi", "The wifi of that room did not hold when it was walked through.",
                "Choose another room, or test this one again.");
        }
    }
}

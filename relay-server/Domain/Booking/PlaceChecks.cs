using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>
/// Whether the room is one of the school's, the lesson's, and one where the robot keeps its network. How many sessions it hosts does not matter.
/// </summary>
internal static class PlaceChecks
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        var room = FindRoom(request, board);
        var facts = board.Rooms.FirstOrDefault(known => known.Room == room);
        if (room is null)
        {
            yield return new("booking.room-missing", "It is not said where the robot will be.", "Choose a room.");
        }
        else if (facts is null)
        {
            yield return new(
                "booking.room-unknown", "That is not one of the school's rooms.",
                "Choose one of them, or have the room added to the school's list first.");
        }

        // A robot in another room than the class is in nobody's lesson. A class that moves for a day moves in the timetable, and then here.
        if (TimeChecks.FindLesson(request, board)?.Room is { } taughtIn && room != taughtIn)
        {
            yield return new(
                "booking.other-room", "The lesson is in another room.",
                "Leave the room as the timetable has it. If the class moves, change the lesson's room for that day first; or book without a lesson.");
        }

        if (facts is { HoldsWifi: false })
        {
            yield return new(
                "booking.room-without-wifi", "The wifi of that room did not hold when it was walked through.",
                "Choose another room, or test this one again.");
        }
    }

    /// <summary>The room asked for; where none is, the lesson's: nobody needs to say what the timetable knows.</summary>
    public static RoomId? FindRoom(BookingRequest request, BookingBoard board) => request.Room ?? TimeChecks.FindLesson(request, board)?.Room;
}

using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;

namespace AV1Relay.Application.Schedule;

/// <summary>Where and when a session goes.</summary>
public sealed record SessionMove(LocalSlot Slot, LessonId? Lesson, RoomId? Room, string RobotName, PersonId Carrier)
{
    public override string ToString() => nameof(SessionMove);
}

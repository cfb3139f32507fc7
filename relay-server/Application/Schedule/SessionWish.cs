using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;

namespace AV1Relay.Application.Schedule;

/// <summary>What staff want to book. The zone is the school's.</summary>
/// <param name="Lesson">Null: not in a lesson.</param>
/// <param name="Room">Null: the lesson's.</param>
/// <param name="Location">Null: not said yet, which is refused.</param>
public sealed record SessionWish(
    ScheduledSessionId Id,
    PlanId Plan,
    StepId Step,
    LessonId? Lesson,
    RoomId? Room,
    LocalSlot Slot,
    PupilLocation? Location,
    PersonId Carrier,
    string RobotName)
{
    public override string ToString() => nameof(SessionWish);
}

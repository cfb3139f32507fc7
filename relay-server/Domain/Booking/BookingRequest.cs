using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What staff ask for when they book or move a session. Pupil, school and key adult come with the plan.</summary>
/// <param name="Lesson">Null: not in a lesson.</param>
/// <param name="Room">Null: the lesson's.</param>
/// <param name="Zone">In which <paramref name="Slot"/> is read; another than the school's is refused.</param>
/// <param name="Location">Null: not said yet, which is refused (rule 4).</param>
/// <param name="By">Who asks, and when: what lies before that is in the past.</param>
public sealed record BookingRequest(
    ScheduledSessionId Id,
    PlanId Plan,
    StepId Step,
    LessonId? Lesson,
    RoomId? Room,
    LocalSlot Slot,
    DateTimeZone Zone,
    PupilLocation? Location,
    PersonId Carrier,
    string RobotName,
    Act By)
{
    internal Interval Interval => Slot.ToInterval(Zone);

    /// <summary>The request that would book this session as it stands: change what is to change, then move it.</summary>
    public static BookingRequest ForMoving(ScheduledSession session, Act by)
    {
        ArgumentNullException.ThrowIfNull(session);
        var booked = session.Booked;
        return new(
            session.Id, booked.Plan, booked.Step, booked.Lesson?.Id, booked.Room, booked.Slot, booked.Zone, booked.Location, booked.Carrier,
            booked.RobotName, by);
    }

    public override string ToString() => nameof(BookingRequest);
}

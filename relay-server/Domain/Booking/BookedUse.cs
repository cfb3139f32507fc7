using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What is booked: one use of one robot by one pupil at a step.</summary>
/// <remarks>Always true: room and robot are named; the pupil's location is one of the three.</remarks>
/// <param name="Capabilities">What the step let the robot do when this was booked: what those who agree, agree to. Never exceeded.</param>
/// <param name="AsksParent">Whether the step asked for a parent's agreement when this was booked.</param>
/// <param name="Lesson">Null: not in a lesson, at a club say.</param>
/// <param name="Slot">Wall time: a weekly 10:05 stays at 10:05 across a clock change.</param>
/// <param name="Zone">The school's, in which <paramref name="Slot"/> is read; stored by its id, <c>Europe/London</c>.</param>
/// <param name="Carrier">Who is to carry the robot to its place. Who did place it is in the session's history.</param>
public sealed record BookedUse(
    SchoolId School,
    PupilId Pupil,
    PlanId Plan,
    StepId Step,
    CapabilitySet Capabilities,
    bool AsksParent,
    LessonName? Lesson,
    RoomId Room,
    LocalSlot Slot,
    DateTimeZone Zone,
    PupilLocation Location,
    PersonId Carrier,
    string RobotName,
    PersonId KeyAdult)
{
    public RoomId Room { get; init => field = Named(value); } = Named(Room);

    public LocalSlot Slot { get; init => field = Given(value); } = Given(Slot);

    public DateTimeZone Zone { get; init => field = Given(value); } = Given(Zone);

    public PupilLocation Location { get; init => field = Said(value); } = Said(Location);

    public string RobotName { get; init => field = Named(value); } = Named(RobotName);

    /// <summary>True when who agreed to <paramref name="other"/> has agreed to this: another robot or carrier is no other session.</summary>
    public bool IsWithin(BookedUse other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Pupil == other.Pupil && Plan == other.Plan && Step == other.Step && Slot == other.Slot && Zone.Id == other.Zone.Id
            && Room == other.Room && Lesson == other.Lesson && Location == other.Location && other.Capabilities.Has(Capabilities.Flags);
    }

    private static RoomId Named(RoomId room) => room != default ? room : throw new ArgumentException("A session has a room.", nameof(room));

    private static string Named(string robot) =>
        string.IsNullOrWhiteSpace(robot) ? throw new ArgumentException("A session has a robot.", nameof(robot)) : robot;

    private static PupilLocation Said(PupilLocation location) =>
        Enum.IsDefined(location) ? location : throw new ArgumentException("Every session records the pupil's location.", nameof(location));

    private static T Given<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    public override string ToString() => nameof(BookedUse);
}

/// <param name="Label">As people call it: "8B maths".</param>
public sealed record LessonName(LessonId Id, string Label);

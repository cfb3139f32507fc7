using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>What is booked: one use of one robot by one pupil at a step.</summary>
/// <remarks>Always true: room and robot are named; the pupil's location is one of the three.</remarks>
public sealed record BookedUse
{
    public required SchoolId School { get; init; }

    public required PupilId Pupil { get; init; }

    public required PlanId Plan { get; init; }

    public required StepId Step { get; init; }

    /// <summary>What the step let the robot do when this was booked: what those who agree, agree to. Never exceeded.</summary>
    public required CapabilitySet Capabilities { get; init; }

    /// <summary>Whether the step asked for a parent's agreement when this was booked.</summary>
    public required bool AsksParent { get; init; }

    /// <summary>Null: not in a lesson, at a club say.</summary>
    public LessonName? Lesson { get; init; }

    public required string Room { get; init => field = Named(value); }

    /// <summary>Wall time: a weekly 10:05 stays at 10:05 across a clock change.</summary>
    public required LocalSlot Slot { get; init; }

    /// <summary>The zone of <see cref="Slot"/>; stored by its id, <c>Europe/London</c>.</summary>
    public required DateTimeZone Zone { get; init; }

    public required PupilLocation Location
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentException("Every session records the pupil's location.", nameof(value));
    }

    /// <summary>Who is to carry the robot to its place. Who did place it is in the session's history.</summary>
    public required PersonId Carrier { get; init; }

    public required string RobotName { get; init => field = Named(value); }

    public required PersonId KeyAdult { get; init; }

    /// <summary>True when who agreed to <paramref name="other"/> has agreed to this: another robot or carrier is no other session.</summary>
    public bool IsWithin(BookedUse other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Pupil == other.Pupil && Plan == other.Plan && Step == other.Step && Slot == other.Slot && Zone.Equals(other.Zone)
            && Room == other.Room && Lesson == other.Lesson && Location == other.Location && other.Capabilities.Has(Capabilities.Flags);
    }

    private static string Named(string value) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("A session has a robot and a room.", nameof(value)) : value;

    public override string ToString() => nameof(BookedUse);
}

/// <param name="Id">As the timetable has it.</param>
/// <param name="Label">As people call it: "8B maths".</param>
public sealed record LessonName(string Id, string Label);

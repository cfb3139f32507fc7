using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Records;

/// <summary>What a piece of work has for itself until it is over: nobody else who claims the same reads or writes meanwhile.</summary>
/// <remarks>
/// All work on a pupil's records claims the pupil. Whoever books claims the robot and the carrier besides, so that of two who book the same, the
/// second sees the first one's booking.
/// </remarks>
public readonly record struct Claim
{
    private Claim(string name) => Name = name;

    /// <summary>The same for the same thing, in every process.</summary>
    public string Name { get; }

    public static Claim On(PupilId pupil) => new($"pupil {pupil}");

    public static Claim OnRobot(string robotName) => new($"robot {robotName}");

    /// <summary>Whoever carries a robot, or is given or loses a role.</summary>
    public static Claim On(PersonId person) => new($"person {person}");

    /// <summary>A session that is on no calendar: a technician's.</summary>
    public static Claim OnAdHoc(string session) => new($"ad-hoc {session}");

    /// <summary>The school's calendar, timetable and settings.</summary>
    public static Claim On(SchoolId school) => new($"school {school}");

    /// <summary>The authority's settings, holds and retention.</summary>
    public static Claim OnAuthority { get; } = new("authority");
}

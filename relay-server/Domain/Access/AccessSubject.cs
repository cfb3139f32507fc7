using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>What an operation is about, as far as access goes: its school, and its plan, room and day where it has them.</summary>
/// <remarks>
/// Take each part from what is stored (the plan's own school, the session's own plan and room), never from what the person sent. Where
/// nothing is stored under the id that they sent, ask with <see cref="NotFound"/>: the answer is then the one that others' plans get.
/// </remarks>
public sealed record AccessSubject
{
    private AccessSubject()
    {
    }

    /// <summary>Asked for by an id that names nothing. Only what needs no role at all is permitted on it.</summary>
    public static AccessSubject NotFound { get; } = new() { Exists = false };

    /// <summary>The authority itself: its settings, the audit's chain.</summary>
    public static AccessSubject Authority { get; } = new();

    /// <summary>What belongs to no school, asked about as a school's things are: no school has this id, so only a right for the whole authority reaches it.</summary>
    public static AccessSubject AtNoSchool { get; } = OfSchool(default);

    public SchoolId? School { get; private init; }

    public PlanId? Plan { get; private init; }

    public RoomId? Room { get; private init; }

    public LocalDate? Date { get; private init; }

    /// <summary>Whose session it is beside the plan's people: who teaches the lesson, and who carries the robot to it.</summary>
    public ImmutableArray<PersonId> Own { get; private init; } = [];

    internal bool Exists { get; private init; } = true;

    public static AccessSubject OfSchool(SchoolId school) => new() { School = school };

    public static AccessSubject OfPlan(SchoolId school, PlanId plan) => new() { School = school, Plan = plan };

    /// <param name="date">The school's day, in its own zone.</param>
    public static AccessSubject OfRoom(SchoolId school, RoomId room, LocalDate date) => new() { School = school, Room = room, Date = date };

    /// <param name="date">The day that the session is booked for, in the school's own zone.</param>
    /// <param name="own">Who teaches the lesson and who carries the robot, as far as that is known.</param>
    public static AccessSubject OfSession(SchoolId school, PlanId plan, RoomId room, LocalDate date, params ImmutableArray<PersonId> own) =>
        new() { School = school, Plan = plan, Room = room, Date = date, Own = own };

    /// <summary>Whether it says enough for an operation of such a reach.</summary>
    internal bool Suffices(Reach reach) => !Exists || reach switch
    {
        Reach.Anywhere or Reach.Authority => true,
        Reach.School => School is not null,
        Reach.Plan => Plan is not null,
        Reach.Room => Room is not null,
        Reach.Session => Plan is not null && Room is not null,
        _ => false,
    };
}

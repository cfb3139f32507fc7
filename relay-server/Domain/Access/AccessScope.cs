using System.Text.Json.Serialization;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>How far an assignment reaches.</summary>
/// <remarks>The names that it is stored under stay as they are.</remarks>
[JsonDerivedType(typeof(WholeAuthority), "authority")]
[JsonDerivedType(typeof(OneSchool), "school")]
[JsonDerivedType(typeof(OnePlan), "plan")]
[JsonDerivedType(typeof(RoomOnDay), "room")]
public abstract record AccessScope
{
    private AccessScope()
    {
    }

    /// <summary>Every school of the authority, and what belongs to none of them. For administrators and technicians only.</summary>
    public sealed record WholeAuthority : AccessScope
    {
        internal override bool Covers(Reach reach, AccessSubject subject) => subject.Exists;
    }

    public sealed record OneSchool(SchoolId School) : AccessScope
    {
        internal override bool Covers(Reach reach, AccessSubject subject) => reach is not Reach.Authority && subject.School == School;
    }

    /// <summary>One pupil's plan, and what every member of that school's staff with such a role may know of the school.</summary>
    /// <param name="School">The plan's; a plan of another school is not reached, even when it is named.</param>
    /// <param name="Plan">The one plan.</param>
    public sealed record OnePlan(SchoolId School, PlanId Plan) : AccessScope
    {
        internal override bool Covers(Reach reach, AccessSubject subject) => subject.School == School && reach switch
        {
            Reach.School => true,
            Reach.Plan or Reach.Session => subject.Plan == Plan,
            _ => false,
        };
    }

    /// <summary>What happens in one room on one day: what a room link opens.</summary>
    public sealed record RoomOnDay(SchoolId School, RoomId Room, LocalDate Date) : AccessScope
    {
        internal override bool Covers(Reach reach, AccessSubject subject) =>
            reach is Reach.Room or Reach.Session && subject.School == School && subject.Room == Room && subject.Date == Date;
    }

    internal abstract bool Covers(Reach reach, AccessSubject subject);
}

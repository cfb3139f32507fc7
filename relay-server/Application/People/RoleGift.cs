using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Application.People;

/// <summary>A role that somebody is to get.</summary>
/// <param name="New">Null: somebody who is entered at the school already.</param>
/// <param name="School">Where; of a role at a plan, the plan says.</param>
/// <param name="Plan">Null: at the whole school.</param>
/// <param name="LastDay">Null: until somebody ends it.</param>
public sealed record RoleGift(AssignmentId Id, PersonId Who, NewPerson? New, Role Role, SchoolId School, PlanId? Plan, LocalDate? LastDay)
{
    /// <summary>What it adds to the role.</summary>
    public Mandate Mandate { get; init; }

    public override string ToString() => nameof(RoleGift);
}

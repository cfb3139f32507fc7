using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Application.People;

/// <summary>Who has which role at a school or at a plan of it, by name.</summary>
/// <param name="Zone">In which last days are read.</param>
public sealed record SchoolPeople(DateTimeZone Zone, ImmutableArray<KnownPerson> People)
{
    public override string ToString() => nameof(SchoolPeople);
}

/// <summary>Who may see one plan: by a role at it, or because their role reaches all plans of the school.</summary>
public sealed record PlanPeopleList(SchoolId School, PupilId Pupil, DateTimeZone Zone, ImmutableArray<KnownPerson> People)
{
    public override string ToString() => nameof(PlanPeopleList);
}

/// <param name="Name">Null where no card says.</param>
/// <param name="Roles">Those that are asked about; the newest first.</param>
public sealed record KnownPerson(PersonId Who, PersonalText? Name, ImmutableArray<HeldRole> Roles)
{
    public override string ToString() => $"person {Who}";
}

/// <param name="Version">To be given back with its end.</param>
/// <param name="Standing">Now.</param>
public sealed record HeldRole(Assignment Role, long Version, AssignmentStanding Standing)
{
    /// <summary>Null for a role at the whole school.</summary>
    public PlanId? Plan => (Role.Scope as AccessScope.OnePlan)?.Plan;

    public override string ToString() => $"role {Role.Id}";
}

/// <summary>One person at one school.</summary>
/// <param name="Card">Null where none was entered.</param>
/// <param name="CardVersion">To be given back with a change; 0 where there is no card.</param>
/// <param name="Roles">Theirs at this school, ended ones too.</param>
public sealed record ReadPerson(PersonId Who, SchoolId School, DateTimeZone Zone, PersonCard? Card, long CardVersion, ImmutableArray<HeldRole> Roles)
{
    public override string ToString() => $"person {Who}";
}

/// <summary>One role, with who has it.</summary>
public sealed record ReadRole(HeldRole Held, SchoolId School, DateTimeZone Zone, PersonalText? Name)
{
    public override string ToString() => Held.ToString();
}

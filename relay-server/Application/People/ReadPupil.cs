using System.Collections.Immutable;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Application.People;

/// <summary>The pupils of a school, by name.</summary>
public sealed record PupilList(ImmutableArray<ListedPupil> Pupils)
{
    public override string ToString() => nameof(PupilList);
}

/// <param name="Plan">The one in use, or else the newest; null while there is none.</param>
public sealed record ListedPupil(PupilId Id, PersonalText Name, LocalDate DateOfBirth, PlanId? Plan)
{
    public override string ToString() => $"pupil {Id}";
}

/// <summary>Who a pupil is, who their parents are, and by which devices they come in.</summary>
/// <param name="Card">As this person may see it.</param>
/// <param name="Version">Of the card, to be given back with a change.</param>
/// <param name="Plan">The one in use, or else the newest; null while there is none.</param>
/// <param name="Devices">Those that are theirs now.</param>
public sealed record ReadPupil(
    PupilCard Card, long Version, SchoolId School, DateTimeZone Zone, PlanId? Plan, ImmutableArray<ReadParent> Parents, ImmutableArray<PupilDevice> Devices)
{
    public override string ToString() => $"pupil {Card.Id}";
}

/// <summary>A parent or carer who is entered, and how to reach them.</summary>
/// <param name="Version">To be given back with a change.</param>
/// <param name="SeesPlan">They have a role as a parent at the pupil's plan.</param>
public sealed record ReadParent(Parenthood Parenthood, long Version, PersonCard? Card, bool SeesPlan)
{
    public override string ToString() => $"person {Parenthood.Parent}";
}

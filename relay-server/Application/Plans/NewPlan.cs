using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Application.Plans;

/// <param name="Steps">As the pupil listed and rated them.</param>
public sealed record NewPlan(
    PlanId Id, PupilId Pupil, SchoolId School, InPersonGoal Goal, PersonId KeyAdult, PersonId Lead, ImmutableArray<Step> Steps)
{
    public override string ToString() => nameof(NewPlan);
}

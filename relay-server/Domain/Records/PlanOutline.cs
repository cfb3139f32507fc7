using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Whose a plan is, who looks after it and how it stands: enough for lists, without reading the plan.</summary>
/// <param name="NextReviewOn">Null unless it is active.</param>
public sealed record PlanOutline(PlanPeople People, PupilId Pupil, PlanStatus Status, LocalDate? NextReviewOn)
{
    public override string ToString() => $"plan {People.Plan}";
}

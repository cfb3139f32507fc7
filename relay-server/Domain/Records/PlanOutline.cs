using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Records;

/// <summary>Whose an active plan is and who looks after it: enough to say whom something needs, without reading the plan.</summary>
public sealed record PlanOutline(PupilId Pupil, PlanPeople People)
{
    public override string ToString() => $"plan {People.Plan}";
}

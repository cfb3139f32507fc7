using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Domain.Records;

/// <summary>Whose an active plan is and who looks after it: enough to say whom something needs, without reading the plan.</summary>
public sealed record PlanOutline(PlanId Plan, PupilId Pupil, PersonId KeyAdult)
{
    public override string ToString() => $"plan {Plan}";
}

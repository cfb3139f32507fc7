using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Domain.Overview;

/// <summary>A plan, and who is told what it needs: its key adult, and after a while its lead. Pages show the pupil to those who may see it.</summary>
public sealed record PlanPeople(PlanId Plan, PersonId KeyAdult, PersonId Lead)
{
    public static PlanPeople Of(SupportPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan.Id, plan.KeyAdult, plan.Lead);
    }

    public override string ToString() => nameof(PlanPeople);
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;

namespace AV1Relay.Application.Plans;

/// <summary>A plan as somebody may read it.</summary>
/// <param name="Version">To be given back with a change.</param>
public sealed record ReadPlan(SchoolId School, PlanView View, long Version)
{
    public override string ToString() => nameof(ReadPlan);

    internal static ReadPlan Of(Kept<SupportPlan> kept, bool withConfidentialParts) =>
        new(kept.Value.School, kept.Value.View(withConfidentialParts), kept.Version);

    /// <summary>What somebody has just changed, open parts alone: to change is not to read everything.</summary>
    internal static ReadPlan Of(SupportPlan plan, long version) => new(plan.School, plan.View(), version);
}

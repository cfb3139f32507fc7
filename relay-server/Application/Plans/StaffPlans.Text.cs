using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;

namespace AV1Relay.Application.Plans;

/// <content>The plan's text, and which parts of it are confidential.</content>
public sealed partial class StaffPlans
{
    /// <summary>A new part, or other words for the one of the same id.</summary>
    public Task<Outcome<ReadPlan>> WriteSectionAsync(
        Caller caller, PlanChangeRequest change, PlanSection section, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(section);
        return ChangeAsync(caller, Operation.ChangePlan, change, (plan, act) => plan.WriteSection(section, act, change.Say), cancellationToken);
    }

    public Task<Outcome<ReadPlan>> RemoveSectionAsync(
        Caller caller, PlanChangeRequest change, SectionId section, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangePlan, change, (plan, act) => plan.RemoveSection(section, act, change.Say), cancellationToken);

    /// <summary>It protects, so it waits for nobody: no say of the pupil's is asked for.</summary>
    public Task<Outcome<ReadPlan>> MarkConfidentialAsync(
        Caller caller, PlanChangeRequest change, SectionId section, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.MarkConfidential, change, (plan, act) => plan.MarkConfidential(section, act), cancellationToken);

    /// <inheritdoc cref="MarkConfidentialAsync(Caller, PlanChangeRequest, SectionId, CancellationToken)"/>
    public Task<Outcome<ReadPlan>> MarkConfidentialAsync(
        Caller caller, PlanChangeRequest change, ReviewId review, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.MarkConfidential, change, (plan, act) => plan.MarkConfidential(review, act), cancellationToken);

    /// <summary>What the pupil said in a review, and not the rest of it.</summary>
    public Task<Outcome<ReadPlan>> MarkWordsConfidentialAsync(
        Caller caller, PlanChangeRequest change, ReviewId review, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.MarkConfidential, change, (plan, act) => plan.MarkWordsConfidential(review, act), cancellationToken);

    public Task<Outcome<ReadPlan>> OpenUpAsync(Caller caller, PlanChangeRequest change, SectionId section, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.OpenUp, change, (plan, act) => plan.OpenUp(section, act, change.Say), cancellationToken);

    public Task<Outcome<ReadPlan>> OpenUpAsync(Caller caller, PlanChangeRequest change, ReviewId review, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.OpenUp, change, (plan, act) => plan.OpenUp(review, act, change.Say), cancellationToken);
}

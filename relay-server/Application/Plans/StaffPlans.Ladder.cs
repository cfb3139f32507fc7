using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Plans;

/// <content>The ladder: how it is changed, and how people move the pupil along it.</content>
public sealed partial class StaffPlans
{
    public Task<Outcome<ReadPlan>> AddStepAsync(Caller caller, PlanChangeRequest change, Step step, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangeLadder, change, (plan, act) => plan.AddStep(step, act, change.Say), cancellationToken);

    public Task<Outcome<ReadPlan>> ChangeStepAsync(
        Caller caller, PlanChangeRequest change, Step step, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangeLadder, change, (plan, act) => plan.ChangeStep(step, act, change.Say), cancellationToken);

    public Task<Outcome<ReadPlan>> RemoveStepAsync(
        Caller caller, PlanChangeRequest change, StepId step, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangeLadder, change, (plan, act) => plan.RemoveStep(step, act, change.Say), cancellationToken);

    public Task<Outcome<ReadPlan>> SplitStepAsync(
        Caller caller, PlanChangeRequest change, StepId step, ImmutableArray<Step> parts, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangeLadder, change, (plan, act) => plan.SplitStep(step, parts, act, change.Say), cancellationToken);

    /// <param name="order">All steps of the ladder, the least feared first.</param>
    public Task<Outcome<ReadPlan>> ReorderStepsAsync(
        Caller caller, PlanChangeRequest change, ImmutableArray<RatedStep> order, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.ChangeLadder, change, (plan, act) => plan.ReorderSteps(order, act, change.Say), cancellationToken);

    /// <param name="pupil">As who asks writes it down.</param>
    public Task<Outcome<ReadPlan>> StepUpAsync(
        Caller caller, PlanChangeRequest change, Agreement? pupil, Agreement? keyAdult, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.StepUp, change,
            (plan, act) => TextLimits.WhyNot(pupil?.Words, keyAdult?.Words) is { } tooLong
                ? tooLong
                : plan.StepUp(pupil is null ? null : pupil with { Recorded = act }, keyAdult, act, change.Say),
            cancellationToken);

    /// <summary>The same, where the key adult says their own yes here and writes down the pupil's.</summary>
    /// <param name="pupil">Null: not agreed.</param>
    /// <param name="keyAdultAgrees">Who asks agrees. Whether they are the plan's key adult is for the domain to say.</param>
    public Task<Outcome<ReadPlan>> StepUpAsync(
        Caller caller, PlanChangeRequest change, SaidYes? pupil, bool keyAdultAgrees, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, Operation.StepUp, change,
            (plan, act) =>
            {
                if (TextLimits.WhyNot(pupil?.Words) is { } tooLong) return tooLong;
                var move = new AgreedTo.Move(plan.Id, plan.Ladder.CurrentId, (plan.Ladder.Above ?? plan.Ladder.Current).Id); // at the top it is refused
                var pupils = pupil is null
                    ? null
                    : new Agreement(plan.Pupil.ToString(), AgreementCapacity.Pupil, move, act.At, pupil.Manner, pupil.Words, act);
                var keyAdults = keyAdultAgrees
                    ? new Agreement(act.Who.ToString(), AgreementCapacity.KeyAdult, move, act.At, AgreementManner.Page)
                    : null;
                return plan.StepUp(pupils, keyAdults, act, change.Say);
            },
            cancellationToken);

    public Task<Outcome<ReadPlan>> StepDownAsync(Caller caller, PlanChangeRequest change, CancellationToken cancellationToken) =>
        ChangeAsync(caller, Operation.StepDown, change, (plan, act) => plan.StepDown(act, change.Say), cancellationToken);
}

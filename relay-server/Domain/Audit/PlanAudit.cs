using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Domain.Audit;

/// <summary>What the audit records of a plan's last change: ids, dates and states as they were and are; of words, the versions that hold them.</summary>
public static class PlanAudit
{
    /// <summary>The change or the move that made this version of the plan.</summary>
    public static AuditChange OfLastChange(SupportPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Moves.LastOrDefault() is { } move && move.Version == plan.Version)
        {
            var (from, to) = (move.From.Id.ToString(), move.To.Id.ToString());
            List<ValueChange> values = [new("current step", from, to, isPersonal: false)];
            if (!move.Agreements.IsEmpty) values.Add(new("agreements", null, "", isPersonal: true));
            return Of(plan, move.Direction is StepDirection.Up ? Operation.StepUp : Operation.StepDown, values, move.Act, move.Say);
        }

        var change = plan.Changes[^1]; // a plan that was not moved last was changed last, or drafted
        return Of(plan, OperationOf(change.Kind), change.Values, change.Act, change.Say);
    }

    private static AuditChange Of(SupportPlan plan, Operation operation, IEnumerable<ValueChange> values, Act act, PupilsSay? say)
    {
        var what = AuditedOperations.Find(operation) ?? throw new InvalidOperationException($"{operation} is not recorded.");
        if (say is not null) values = values.Append(new ValueChange("pupils say", null, say.Words, isPersonal: true));
        return new AuditChange(what, $"plan {plan.Id}", act, AuditedValue.OfVersion(plan.Version, values));
    }

    private static Operation OperationOf(PlanChangeKind kind) => kind switch
    {
        PlanChangeKind.Drafted => Operation.DraftPlan,
        PlanChangeKind.Activated => Operation.ActivatePlan,
        PlanChangeKind.Goal or PlanChangeKind.Section => Operation.ChangePlan,
        PlanChangeKind.People => Operation.ChangePlansPeople,
        PlanChangeKind.Ladder => Operation.ChangeLadder,
        PlanChangeKind.MarkedConfidential => Operation.MarkConfidential,
        PlanChangeKind.OpenedUp => Operation.OpenUp,
        PlanChangeKind.ReviewDate => Operation.BringReviewForward,
        PlanChangeKind.Review => Operation.HoldReview,
        PlanChangeKind.Closed => Operation.ClosePlan,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nobody has said how this is recorded."),
    };
}

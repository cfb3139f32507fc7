using AV1Relay.Domain.Access;
using AV1Relay.Domain.Privacy;
using AV1Relay.Storage.Access;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

/// <summary>Roles that have ended, or whose plan is gone.</summary>
internal sealed class AssignmentTable() : AdultTable<AssignmentRow>("assignment", "Roles")
{
    protected override async Task<IReadOnlyList<RecordFacts?>> OutOfUseAsync(
        RelayDbContext context, IReadOnlyList<AssignmentRow> rows, CancellationToken cancellationToken)
    {
        List<Guid> plans = [.. rows.Select(row => row.PlanId).OfType<Guid>().Distinct()];
        var there = await context.Plans.Where(plan => plans.Contains(plan.Id)).Select(plan => plan.Id).ToHashSetAsync(cancellationToken);
        return [.. rows.Select(row => (EndOf(row) ?? LastChangeWithout(row, there)) is { } over ? Facts(row, over) : null)];
    }

    private static Instant? LastChangeWithout(AssignmentRow row, HashSet<Guid> plans) =>
        row.PlanId is { } plan && !plans.Contains(plan) ? row.ChangedAt : null;

    /// <summary>When it ends or ended; the time of keeping is counted from then. Null: it goes on.</summary>
    private static Instant? EndOf(AssignmentRow row)
    {
        var assignment = RecordJson.Read<Assignment>(row.Document);
        return assignment.Ended?.At ?? assignment.Until;
    }
}

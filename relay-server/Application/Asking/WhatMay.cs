using System.Collections.Frozen;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.Application.Asking;

/// <summary>Which of some things a person may do with a plan or a session, so that a page offers no more. It permits nothing: each is asked again when it is done.</summary>
internal static class WhatMay
{
    /// <param name="operations">Of these; none: of all that are about a plan.</param>
    public static Task<FrozenSet<Operation>> MayAsync(
        this IWork work, Caller caller, SupportPlan plan, Instant now, CancellationToken cancellationToken, params Operation[] operations) =>
        work.MayAsync(
            caller, AccessSubject.OfPlan(plan.School, plan.Id), now, cancellationToken,
            operations.Length > 0 ? operations : [.. AccessTable.Rows.Where(row => row.Reach is Reach.Plan).Select(row => row.Operation)]);

    public static async Task<FrozenSet<Operation>> MayAsync(
        this IWork work, Caller caller, AccessSubject about, Instant now, CancellationToken cancellationToken, params Operation[] operations)
    {
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        return operations.Where(operation => !AccessPolicy.Check(assignments, operation, about, now).IsRefused).ToFrozenSet();
    }
}

using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;

namespace AV1Relay.Application.Plans;

/// <summary>Reviews on paper.</summary>
public sealed class StaffReviews
{
    private static readonly Refusal NoSuchReview = new(
        "review.not-found", "This plan has no such review.", "Look at the plan again: somebody may have changed it just now.");

    private readonly Desk _desk;

    internal StaffReviews(Desk desk) => _desk = desk;

    /// <summary>One review as this person may print it. A confidential one is not there where confidential parts are left out.</summary>
    /// <param name="withConfidentialParts">Paper goes round the table: what is confidential comes on it only for who asks for it, with a right of its own.</param>
    public async Task<Outcome<PrintedReview>> PrintAsync(
        Caller caller, PlanId id, ReviewId review, bool withConfidentialParts, CancellationToken cancellationToken)
    {
        // Of the two it is the look at confidential parts that the audit has to tell.
        var (operation, alsoNeeds) = withConfidentialParts ? (Operation.ReadConfidentialParts, Operation.PrintReview) : (Operation.PrintReview, (Operation?)null);
        var looked = await _desk.LookAsync<Found>(
            caller, operation,
            async work =>
            {
                if (await work.Plans.FindAsync(id, cancellationToken) is not { Value: var plan }) return null;
                var may = await Asking.WhatMay.MayAsync(work, caller, plan, _desk.Now, cancellationToken, Operation.ReadConfidentialParts);
                return new Asked<Found>(new Found(plan, may.Count > 0), AccessSubject.OfPlan(plan.School, plan.Id), $"plan {id}") { AlsoNeeds = alsoNeeds };
            },
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<PrintedReview>(refusals);
        var (plan, mayReadAll) = shown.Value;
        var view = plan.View(withConfidentialParts);
        if (view.Reviews.FirstOrDefault(held => held.Id == review) is not { } found) return NoSuchReview;
        var isConfidential = IsConfidential(plan, review);
        return new PrintedReview(
            plan.School, view, found, IsConfidential: withConfidentialParts && isConfidential, HasMore: mayReadAll && !withConfidentialParts && isConfidential);
    }

    private static bool IsConfidential(SupportPlan plan, ReviewId review) =>
        plan.Reviews.Any(held => held.Id == review && (held.IsConfidential || held.Say.IsConfidential));

    private sealed record Found(SupportPlan Plan, bool MayReadAll)
    {
        public override string ToString() => nameof(Found);
    }
}

/// <param name="Plan">As this person may read it.</param>
/// <param name="IsConfidential">Something on it is: the review as a whole, or what the pupil said.</param>
/// <param name="HasMore">Confidential parts are left out that this person may print too, if they ask for them.</param>
public sealed record PrintedReview(SchoolId School, PlanView Plan, ReviewView Review, bool IsConfidential, bool HasMore)
{
    public override string ToString() => nameof(PrintedReview);
}

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

    /// <summary>One review as this person may print it. A confidential one is not there for who is not shown confidential parts.</summary>
    public async Task<Outcome<PrintedReview>> PrintAsync(Caller caller, PlanId id, ReviewId review, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.PrintReview,
            async work => await work.Plans.FindAsync(id, cancellationToken) is { Value: var plan }
                ? new Asked<SupportPlan>(plan, AccessSubject.OfPlan(plan.School, plan.Id), $"plan {id}")
                : null,
            cancellationToken);
        if (!looked.TryGet(out var shown, out var refusals)) return Outcome.Refused<PrintedReview>(refusals);
        var view = shown.Value.View(withConfidential: !shown.Permission.LeftOut.HasFlag(LeftOut.ConfidentialParts));
        return view.Reviews.FirstOrDefault(held => held.Id == review) is { } found
            ? new PrintedReview(shown.Value.School, view, found, shown.Value.Reviews.First(held => held.Id == review).IsConfidential)
            : NoSuchReview;
    }
}

/// <param name="Plan">As this person may read it.</param>
public sealed record PrintedReview(SchoolId School, PlanView Plan, ReviewView Review, bool IsConfidential)
{
    public override string ToString() => nameof(PrintedReview);
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <content>Plan–do–review: reviews fall due, and set the next one.</content>
public sealed partial record SupportPlan
{
    /// <summary>Adds a review that was held. It sets the next date, or closes the plan where that is its decision; it moves nobody.</summary>
    public Outcome<SupportPlan> HoldReview(Review review, LocalDate today, ReviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(settings);
        var refusals = new List<Refusal>();
        if (Status == PlanStatus.Draft) refusals.Add(PlanRefusals.NotActive);
        if (Reviews.Any(held => held.Id == review.Id)) refusals.Add(ReviewRefusals.RecordedAlready);
        if (Reviews.Any(held => held.HeldOn > review.HeldOn)) refusals.Add(ReviewRefusals.EarlierThanLast);
        if (review.HeldOn > today) refusals.Add(ReviewRefusals.InFuture);
        if (review.NextReviewOn > settings.LatestAfter(review.HeldOn)) refusals.Add(PlanRefusals.ReviewTooFar(settings.LongestGapWeeks));
        var next = this with
        {
            Reviews = Reviews.Add(review),
            NextReviewOn = review.NextReviewOn,
            Status = review.Decision == ReviewDecision.End ? PlanStatus.Closed : Status,
        };
        return Changed(next, PlanChangeKind.Review, $"Held the review of {review.HeldOn:uuuu-MM-dd}.", review.Act, review.Say, refusals);
    }

    /// <summary>An earlier date, when something asks for a review. Putting one off would hide that it is overdue.</summary>
    public Outcome<SupportPlan> BringReviewForward(LocalDate reviewOn, LocalDate today, Act act, PupilsSay? say)
    {
        var refusals = new List<Refusal>();
        if (Status == PlanStatus.Draft) refusals.Add(PlanRefusals.NotActive);
        if (reviewOn >= NextReviewOn) refusals.Add(PlanRefusals.ReviewOnlyEarlier);
        if (reviewOn < today) refusals.Add(PlanRefusals.ReviewDatePast);
        return Changed(this with { NextReviewOn = reviewOn }, PlanChangeKind.ReviewDate, $"Brought the review forward to {reviewOn:uuuu-MM-dd}.", act, say, refusals);
    }

    public ReviewStanding StandingOfReview(LocalDate today, ReviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return NextReviewOn is { } date ? settings.StandingOf(date, today) : ReviewStanding.NotDue;
    }

    /// <summary>The first day on which its review is long overdue, and no robot session can be booked for; null when no review falls due (domain rule 7).</summary>
    public LocalDate? ReviewLongOverdueFrom(ReviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return NextReviewOn is { } date ? settings.LongOverdueFrom(date) : null;
    }
}

using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Arrangements;

/// <content>How reviews change it, and how people end it.</content>
public sealed partial record Arrangement
{
    /// <summary>Records a review that lets it run on to the end date that it has.</summary>
    public Outcome<Arrangement> Continue(ArrangementReview review, LocalDate nextReviewOn, LocalDate today, Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var refusals = ReviewRules.OfReview(this, review, ArrangementDecision.Continue, today);
        if (Until is { } until) refusals.AddRange(ReviewRules.OfNextReview(review, nextReviewOn, until));
        return refusals.Count > 0
            ? Outcome.Refused<Arrangement>(refusals)
            : this with { Reviews = Reviews.Add(new RecordedReview(review, nextReviewOn, null, act)) };
    }

    /// <summary>Moves the end date, as a review has decided, with new times and new agreements. One that has lapsed can't be extended.</summary>
    public Outcome<Arrangement> Extend(ArrangementReview review, ArrangementExtension extension, LocalDate nextReviewOn, ArrangementFacts facts, Act act)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(act);
        var refusals = ReviewRules.OfReview(this, review, ArrangementDecision.Extend, facts.Today);
        refusals.AddRange(ReviewRules.OfNextReview(review, nextReviewOn, extension.Until));
        refusals.AddRange(ReviewRules.OfExtension(this, extension, facts, act));
        return refusals.Count > 0
            ? Outcome.Refused<Arrangement>(refusals)
            : this with { Reviews = Reviews.Add(new RecordedReview(review, nextReviewOn, extension, act)) };
    }

    /// <summary>Ends it early. That needs no review and no reason: agreeing to stop is enough.</summary>
    /// <param name="lastDay">Today or later: days that are over were in force, whatever is decided now.</param>
    /// <param name="review">The review that decided so, if one did.</param>
    public Outcome<Arrangement> End(LocalDate lastDay, LocalDate today, Act act, ArrangementReview? review = null)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Activated is null)
            return new Refusal("arrangement.not-active", "This reduced timetable is a draft and was never in force.", "Leave it, or write other terms.");
        if (Ending is not null) return ReviewRules.Ended(Ending.LastDay);
        var refusals = new List<Refusal>();
        if (review is not null && review.Decision != ArrangementDecision.End) refusals.Add(ReviewRules.NotDecided());
        if (lastDay < today)
        {
            refusals.Add(new Refusal(
                "arrangement.ending-passed",
                "That day is over, and the reduced timetable was in force on the days since.",
                "Choose today or a later day as its last."));
        }

        if (lastDay > Until)
        {
            refusals.Add(new Refusal(
                "arrangement.ending-late",
                $"It ends by itself on {Until?.InWords()}, before the day that you gave.",
                "Choose an earlier last day, or extend it in a review."));
        }

        return refusals.Count > 0 ? Outcome.Refused<Arrangement>(refusals) : this with { Ending = new ArrangementEnding(lastDay, review, act) };
    }
}

using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Reviews;

internal static class ReviewRefusals
{
    public static readonly Refusal NobodyCame = new(
        "review.nobody-came", "It is not noted who came.", "Add everybody who took part, with their role.");

    public static readonly Refusal NothingTried = new(
        "review.nothing-tried", "It is not noted what was tried.", "Write a line about it, also when it was little.");

    public static readonly Refusal OutcomeOutOfRange = new(
        "review.outcome-out-of-range", "The outcome lies between −2 and +2.", "Choose one of the five.");

    public static readonly Refusal EndsAndGoesOn = new(
        "review.ends-and-goes-on", "A plan that ends has no next review.", "Leave the next date out, or choose another decision.");

    public static readonly Refusal NextNotLater = new(
        "review.next-not-later", "The next review is not after this one.", "Choose a later date.");

    public static readonly Refusal EarlierThanLast = new(
        "review.earlier-than-last", "A later review of this plan is already recorded.", "Check the date, or add what is missing to the next review.");

    public static readonly Refusal InFuture = new(
        "review.in-future", "The date of this review is still to come.", "Check the date, or write the review down once it is held.");

    public static readonly Refusal RecordedAlready = new(
        "review.recorded-already", "This review is already recorded.", "Look at the plan again: somebody may have saved it just now.");

    public static readonly Refusal NoSuchReview = new(
        "review.not-found", "This plan has no such review.", "Look at the plan again: somebody may have changed it just now.");
}

using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Plans;

internal static class PlanRefusals
{
    public static readonly Refusal PupilNotHeard = new(
        "plan.pupil-not-heard",
        "The pupil's say goes with every change of the plan.",
        "Ask the pupil and note their words, or that they chose not to say.");

    public static readonly Refusal Closed = new(
        "plan.closed", "This plan is closed.", "Draft a new plan; this one stays readable.");

    public static readonly Refusal NotActive = new(
        "plan.not-active", "This plan is not active.", "Activate the plan first, with a date for its next review.");

    public static readonly Refusal ActiveAlready = new(
        "plan.active-already", "This plan is active already.", "Go on with it: nothing needs to be done.");

    public static readonly Refusal AnotherActive = new(
        "plan.another-active", "The pupil has another active plan.", "Close the other plan first, or go on with it.");

    public static readonly Refusal NoReviewDate = new(
        "plan.no-review-date", "There is no date for the next review.", "Choose a date with the pupil and everybody who comes.");

    public static readonly Refusal ReviewDatePast = new(
        "plan.review-date-past", "The date of the next review is not in the future.", "Choose a date after today.");

    public static readonly Refusal ReviewOnlyEarlier = new(
        "plan.review-only-earlier", "A review can be brought forward, not put off.", "Choose an earlier date. A review that is held sets the next one.");

    public static readonly Refusal NoSuchSection = new(
        "plan.no-such-section", "This part is no longer in the plan.", "Look at the plan again: somebody may have changed it just now.");

    public static readonly Refusal SectionRemoved = new(
        "plan.section-removed", "This part was taken out of the plan.", "Look at the plan again, and add what you have written as a new part.");

    public static readonly Refusal TextTooLong = new(
        "plan.text-too-long", "A text is longer than a plan holds in one place, or too many things are named in one.",
        "Say it in fewer words, or share it out.");

    public static readonly Refusal TooBig = new(
        "plan.too-big", "This plan holds as much as one plan can.",
        "Close it, with a last review if one is due, and draft a new one; this one stays readable.");

    public static Refusal ReviewTooFar(int weeks) => new(
        "plan.review-too-far",
        $"The next review is more than {weeks} weeks ahead.",
        "Choose an earlier date with the pupil, so that what they think of the plan is asked in good time.");
}

using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Plans;

internal static class LadderRefusals
{
    public static readonly Refusal NoSuchStep = new(
        "ladder.no-such-step", "This step is no longer on the ladder.", "Look at the ladder again: somebody may have changed it just now.");

    public static readonly Refusal TooManySteps = new(
        "ladder.too-many-steps", $"A ladder has {PlanLimits.MostSteps} steps at most.",
        "Change a step that is there, or take out one that is behind the pupil.");

    public static readonly Refusal StepTooLong = new(
        "ladder.step-too-long", $"A step lasts {PlanLimits.MostMinutes} minutes at most.", "Make it shorter, or make two steps of it.");

    public static readonly Refusal StepTooOften = new(
        "ladder.step-too-often", $"A step is tried {PlanLimits.MostAWeek} times a week at most.", "Enter how often it is in one week.");

    public static readonly Refusal StepIsThere = new(
        "ladder.step-twice", "This step is on the ladder already.", "Change the step that is there, or add a new one.");

    public static readonly Refusal SplitIntoOne = new(
        "ladder.split-into-one", "A split makes two or more smaller steps.", "Add a second part, or change the step instead.");

    public static readonly Refusal SplitIsBigger = new(
        "ladder.split-is-bigger", "One part is rated higher than the step that is split.", "Make that part smaller, or add it as a step of its own.");

    public static readonly Refusal LastStep = new(
        "ladder.last-step", "A ladder has at least one step.", "Add another step first, or change this one.");

    public static readonly Refusal PupilIsHere = new(
        "ladder.pupil-is-here", "The pupil is at this step now.", "Step down first, or change or split this step together.");

    public static readonly Refusal AsksMore = new(
        "ladder.asks-more", "This asks more of the pupil than the step where they are.", "Add it as the next step, and step up together.");

    public static readonly Refusal OtherSteps = new(
        "ladder.other-steps", "The new order has other steps than the ladder.", "Look at the ladder again: somebody may have changed it just now.");

    public static readonly Refusal RatingsFall = new(
        "ladder.ratings-fall", "A step is rated lower than the one before it.", "Ask the pupil how the moved step feels there, or put it where its rating belongs.");

    public static readonly Refusal AtTop = new(
        "ladder.at-top", "This is the top step: there is none above.", "Add a further step together, or talk about the goal in a review.");

    public static readonly Refusal AtFirst = new(
        "ladder.at-first", "This is the first step: there is none below.", "Repeat it, split it, or add a smaller step together.");

    public static readonly Refusal PupilHasNotAgreed = new(
        "ladder.pupil-has-not-agreed",
        "The pupil has not agreed to this step up since the ladder last changed.",
        "Ask the pupil. Staying at this step is fine.");

    public static readonly Refusal KeyAdultHasNotAgreed = new(
        "ladder.key-adult-has-not-agreed",
        "The key adult has not agreed to this step up since the ladder last changed.",
        "Ask the key adult: pupil and key adult step up together.");
}

using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <summary>How much one plan holds: more than years of work with a pupil come to, and little enough to be read as a whole.</summary>
/// <remarks>What makes a plan smaller, steps down, protects or ends it is never refused for its size.</remarks>
public static class PlanLimits
{
    /// <summary>A ladder of more steps is nobody's to climb.</summary>
    public const int MostSteps = 50;

    /// <summary>Minutes of a step, and so of any session at it: most of a school day.</summary>
    public const int MostMinutes = 300;

    /// <summary>A step is tried so many times in a week at most: each lesson of it.</summary>
    public const int MostAWeek = 25;

    /// <summary>Characters of what somebody said or wrote: two pages.</summary>
    public const int LongestWords = 4_000;

    /// <summary>Characters of one part of the plan's text: ten pages.</summary>
    public const int LongestPart = 20_000;

    /// <summary>Characters of what is named: a place, who is there, a heading, a part of the day.</summary>
    public const int LongestName = 200;

    /// <summary>Parts of a day that a pupil names, people in a review.</summary>
    public const int MostNamed = 30;

    /// <summary>Of all that can be read in it: a book. A step down for each step comes on top at most.</summary>
    public const int MostCharacters = 400_000;

    /// <summary>What a step, a part, a review or a word of the pupil's counts besides its letters.</summary>
    private const int Each = 100;

    /// <param name="before">Null: it is being drafted.</param>
    internal static IEnumerable<Refusal> WhyNot(SupportPlan? before, SupportPlan after)
    {
        if (after.Ladder.Steps.Length > MostSteps && !(after.Ladder.Steps.Length <= before?.Ladder.Steps.Length))
            yield return LadderRefusals.TooManySteps;
        var newSteps = NewSteps(before, after).ToList();
        if (newSteps.Exists(step => step.Duration > Duration.FromMinutes(MostMinutes))) yield return LadderRefusals.StepTooLong;
        if (newSteps.Exists(step => step.SessionsPerWeek > MostAWeek)) yield return LadderRefusals.StepTooOften;
        if (NewTexts(before, after).Any(text => text.Length > text.Longest)) yield return PlanRefusals.TextTooLong;
        var size = SizeOf(after);
        if (size > MostCharacters && after.Status != PlanStatus.Closed && !(size <= SizeOf(before))) yield return PlanRefusals.TooBig;
    }

    /// <summary>Of a say that goes with a move.</summary>
    internal static IEnumerable<Refusal> WhyNot(PupilsSay? say)
    {
        if (say is not null && TextsOf(say).Any(text => text.Length > text.Longest)) yield return PlanRefusals.TextTooLong;
    }

    private static long SizeOf(SupportPlan? plan) => plan is null
        ? 0
        : TextsOf(plan.Goal).Concat(plan.Ladder.Steps.SelectMany(TextsOf)).Concat(plan.Sections.SelectMany(TextsOf))
            .Concat(plan.Reviews.SelectMany(TextsOf)).Concat(plan.PupilsSays.SelectMany(TextsOf)).Sum(text => (long)text.Length)
        + (long)Each * (plan.Ladder.Steps.Length + plan.Sections.Length + plan.Reviews.Length + plan.PupilsSays.Count());

    private static IEnumerable<Step> NewSteps(SupportPlan? before, SupportPlan after) => after.Ladder.Steps.Except(before?.Ladder.Steps ?? []);

    private static IEnumerable<(int Length, int Longest)> NewTexts(SupportPlan? before, SupportPlan after)
    {
        var texts = NewSteps(before, after).SelectMany(TextsOf)
            .Concat(after.Sections.Except(before?.Sections ?? []).SelectMany(TextsOf))
            .Concat(after.Reviews.Except(before?.Reviews ?? []).SelectMany(TextsOf));
        if (after.Goal != before?.Goal) texts = texts.Concat(TextsOf(after.Goal));
        return after.PupilsSays.LastOrDefault() is { } say ? texts.Concat(TextsOf(say)) : texts;
    }

    private static IEnumerable<(int Length, int Longest)> TextsOf(InPersonGoal goal) =>
        [(goal.Name.Length, LongestWords), (goal.Place.Length, LongestName)];

    private static IEnumerable<(int Length, int Longest)> TextsOf(Step step) =>
        [(step.Situation.Length, LongestWords), (step.Place.Length, LongestName), (step.WhoIsThere.Length, LongestName)];

    private static IEnumerable<(int Length, int Longest)> TextsOf(PlanSection section) =>
        [(section.Heading.Length, LongestName), (section.Text.Length, LongestPart)];

    /// <remarks>What the pupil said in it stands among the plan's says.</remarks>
    private static IEnumerable<(int Length, int Longest)> TextsOf(Review review) =>
    [
        (review.WhatWasTried.Length, LongestWords),
        .. review.Participants.Select(participant => (participant.Role.Length + participant.Name.Length, 2 * LongestName)),
        .. TooMany(review.Participants.Length),
    ];

    private static IEnumerable<(int Length, int Longest)> TextsOf(PupilsSay say) =>
    [
        (say.Words.Length, LongestWords),
        .. say.Manageable.Concat(say.Motivating).Select(part => (part.Length, LongestName)),
        .. TooMany(say.Manageable.Length), .. TooMany(say.Motivating.Length),
    ];

    private static IEnumerable<(int Length, int Longest)> TooMany(int named) => named > MostNamed ? [(1, 0)] : [];
}

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Reviews;

public readonly record struct ReviewId(Guid Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>One turn of plan–do–review.</summary>
/// <remarks>
/// Always true: somebody came; what was tried is told; the outcome lies in −2…+2; the pupil was heard; the next review lies after
/// this one, and is missing only where the plan ends.
/// A decision is recorded here and carried out by people: "step up" moves nobody (<see cref="SupportPlan.StepUp"/> does).
/// </remarks>
public sealed record Review
{
    public const int LowestOutcome = -2;
    public const int HighestOutcome = 2;

    /// <param name="step">Where the pupil was.</param>
    /// <param name="outcome">−2 much less than hoped for … 0 as hoped for … +2 much more.</param>
    /// <param name="robotUse">Robot time against in-person steps, as it was shown in the review.</param>
    /// <exception cref="ArgumentException">Something of what is always true is not; <see cref="Write"/> says so in words.</exception>
    public Review(
        ReviewId id, LocalDate heldOn, NamedStep step, ImmutableArray<ReviewParticipant> participants, string whatWasTried, int outcome,
        ReviewDecision decision, LocalDate? nextReviewOn, PupilsSay say, RobotAgainstSteps robotUse, Act act, bool isConfidential = false)
    {
        Participants = participants.IsDefault ? [] : participants;
        if (Check(heldOn, Participants, whatWasTried, outcome, decision, nextReviewOn, say) is [var first, ..]) throw new ArgumentException(first.ToString());
        (Id, HeldOn, Step, WhatWasTried, Outcome) = (id, heldOn, step, whatWasTried, outcome);
        (Decision, NextReviewOn, Say, RobotUse, Act, IsConfidential) = (decision, nextReviewOn, say, robotUse, act, isConfidential);
    }

    public ReviewId Id { get; }

    public LocalDate HeldOn { get; }

    public NamedStep Step { get; }

    public ImmutableArray<ReviewParticipant> Participants { get; }

    public string WhatWasTried { get; }

    /// <summary>−2…+2.</summary>
    public int Outcome { get; }

    public ReviewDecision Decision { get; }

    /// <summary>Null: the plan ends.</summary>
    public LocalDate? NextReviewOn { get; }

    public PupilsSay Say { get; init; }

    public RobotAgainstSteps RobotUse { get; }

    /// <summary>Who wrote it down, and when.</summary>
    public Act Act { get; }

    /// <summary>Left out of what people outside the school read.</summary>
    public bool IsConfidential { get; init; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(Review);

    /// <summary>A review as it was filled in, or everything that is still missing.</summary>
    public static Outcome<Review> Write(
        ReviewId id, LocalDate heldOn, NamedStep step, IReadOnlyList<ReviewParticipant> participants, string whatWasTried, int outcome,
        ReviewDecision decision, LocalDate? nextReviewOn, PupilsSay? say, RobotAgainstSteps robotUse, Act act, bool isConfidential = false)
        => Check(heldOn, participants, whatWasTried, outcome, decision, nextReviewOn, say) is { Count: > 0 } refusals
            ? Refusals.Outcome.Refused<Review>(refusals)
            : new Review(id, heldOn, step, [.. participants], whatWasTried, outcome, decision, nextReviewOn, say!, robotUse, act, isConfidential); // checked

    private static List<Refusal> Check(
        LocalDate heldOn, IReadOnlyCollection<ReviewParticipant> participants, string whatWasTried, int outcome,
        ReviewDecision decision, LocalDate? nextReviewOn, PupilsSay? say)
    {
        var refusals = new List<Refusal>();
        if (participants.Count == 0) refusals.Add(ReviewRefusals.NobodyCame);
        if (string.IsNullOrWhiteSpace(whatWasTried)) refusals.Add(ReviewRefusals.NothingTried);
        if (outcome is < LowestOutcome or > HighestOutcome) refusals.Add(ReviewRefusals.OutcomeOutOfRange);
        if (say is null) refusals.Add(PlanRefusals.PupilNotHeard);
        if (decision == ReviewDecision.End && nextReviewOn is not null) refusals.Add(ReviewRefusals.EndsAndGoesOn);
        if (decision != ReviewDecision.End && nextReviewOn is null) refusals.Add(PlanRefusals.NoReviewDate);
        if (nextReviewOn <= heldOn) refusals.Add(ReviewRefusals.NextNotLater);
        return refusals;
    }
}

public enum ReviewDecision
{
    Stay,
    Repeat,
    Split,
    StepDown,
    StepUp,

    /// <summary>Less of the robot, more in person.</summary>
    Fade,

    /// <summary>The plan closes.</summary>
    End,
}

/// <summary>Somebody who came to a review.</summary>
/// <remarks>Always true: the role is told. Roles are free text: pupil, parent, key adult, EP, CAMHS, …</remarks>
public sealed record ReviewParticipant
{
    /// <param name="name">May be empty: the role often says it all.</param>
    /// <exception cref="ArgumentException">No role.</exception>
    public ReviewParticipant(string role, string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        (Role, Name) = (role, name);
    }

    public string Role { get; }

    public string Name { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(ReviewParticipant);
}

using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <summary>A plan to read; made by <see cref="SupportPlan.View"/>, which leaves confidential parts out by default.</summary>
/// <remarks>
/// Changes, moves and agreements are not in it: their free words may quote a confidential part. It does not say whether something was left out.
/// </remarks>
public sealed record PlanView
{
    internal PlanView(
        PlanId id, PupilId pupil, InPersonGoal goal, PlanStatus status, LocalDate? nextReviewOn, StepLadder ladder,
        ImmutableArray<PlanSection> sections, ImmutableArray<ReviewView> reviews, ImmutableArray<PupilsSay> pupilsSays)
    {
        (Id, Pupil, Goal, Status, NextReviewOn, Ladder) = (id, pupil, goal, status, nextReviewOn, ladder);
        (Sections, Reviews, PupilsSays) = (sections, reviews, pupilsSays);
    }

    public PlanId Id { get; }

    public PupilId Pupil { get; }

    public InPersonGoal Goal { get; }

    public PlanStatus Status { get; }

    public LocalDate? NextReviewOn { get; }

    public StepLadder Ladder { get; }

    public ImmutableArray<PlanSection> Sections { get; }

    public ImmutableArray<ReviewView> Reviews { get; }

    /// <summary>
    /// Apart from what was said in reviews, which stands there; and where confidential parts are left out, from what was said when a part
    /// was written or opened up, as it may quote one.
    /// </summary>
    public ImmutableArray<PupilsSay> PupilsSays { get; }

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(PlanView);
}

/// <param name="Say">Null: kept confidential.</param>
/// <param name="IsConfidential">As a whole.</param>
public sealed record ReviewView(
    ReviewId Id, LocalDate HeldOn, NamedStep Step, ImmutableArray<ReviewParticipant> Participants, string WhatWasTried, int Outcome,
    ReviewDecision Decision, LocalDate? NextReviewOn, PupilsSay? Say, RobotAgainstSteps RobotUse, bool IsConfidential)
{
    internal static ReviewView Of(Review review, bool withConfidential) => new(
        review.Id, review.HeldOn, review.Step, review.Participants, review.WhatWasTried, review.Outcome, review.Decision, review.NextReviewOn,
        withConfidential || !review.Say.IsConfidential ? review.Say : null, review.RobotUse, review.IsConfidential);

    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(ReviewView);
}

using System.Collections.Immutable;
using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>A review as somebody writes it down, complete or not. The pupil's say comes with the change.</summary>
/// <param name="Outcome">−2…+2.</param>
/// <param name="NextReviewOn">Null: the plan ends.</param>
public sealed record HeldReview(
    ReviewId Id, LocalDate HeldOn, ImmutableArray<ReviewParticipant> Participants, string WhatWasTried, int Outcome, ReviewDecision Decision,
    LocalDate? NextReviewOn, bool IsConfidential = false)
{
    public override string ToString() => nameof(HeldReview);
}

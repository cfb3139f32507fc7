using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Application.Plans;

/// <summary>A plan in a list: whose, and where it stands. Nothing of what is in it.</summary>
/// <param name="NextReviewOn">Null unless it is active.</param>
public sealed record ListedPlan(PlanId Id, PupilId Pupil, PlanStatus Status, LocalDate? NextReviewOn);

/// <summary>The newest change first.</summary>
public sealed record PlanList(ImmutableArray<ListedPlan> Plans);

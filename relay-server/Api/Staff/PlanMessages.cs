using System.Collections.Immutable;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using NodaTime;
using NodaTime.Text;
using Wire = AV1Relay.Protos.V1;

namespace AV1Relay.Api.Staff;

/// <summary>Plans, and what goes with each change of one.</summary>
internal static class PlanMessages
{
    public static PlanChangeRequest ReadHead(Wire.PlanChangeHead? head)
    {
        var given = Fields.Message(head, "change");
        return new PlanChangeRequest(
            Fields.Plan(given.PlanId, "change.plan_id"), Fields.Version(given.Version, "change.version"), Fields.Words(given.Why, "change.why"),
            ReadSay(given.Say, "change.say"));
    }

    /// <summary>Null where none was sent: nobody asked the pupil, which most changes refuse.</summary>
    public static PupilsSay? ReadSay(Wire.PupilsSay? say, string field)
    {
        if (say is null) return null;
        var words = Fields.Words(say.Words, $"{field}.words");
        if (string.IsNullOrWhiteSpace(words) != say.ChoseNotToSay)
            throw Fields.Malformed($"{field}.words", "the pupil's words are expected, or chose_not_to_say; not both.");
        return new PupilsSay(words, ReadParts(say.Manageable, $"{field}.manageable"), ReadParts(say.Motivating, $"{field}.motivating"), say.ChoseNotToSay, say.IsConfidential);
    }

    public static InPersonGoal ReadGoal(string goal, string place) =>
        new(Fields.Needed(goal, "goal", StaffLimits.MaxWords), Fields.Needed(place, "goal_place"));

    public static HeldReview ReadReview(Wire.HoldReviewRequest request) => new(
        new ReviewId(Guid.NewGuid()),
        Fields.Date(request.HeldOn, "held_on"),
        Fields.List(request.WhoCame, "who_came", StaffLimits.MaxListed, (role, field) => new ReviewParticipant(Fields.Needed(role, field))),
        Fields.Words(request.WhatWasTried, "what_was_tried"),
        Fields.Number(request.Outcome, "outcome", Review.LowestOutcome, Review.HighestOutcome),
        ReadDecision(request.Decision),
        Fields.OptionalDate(request.NextReviewOn, "next_review_on"),
        request.IsConfidential);

    public static Wire.Plan Write(ReadPlan plan) => new()
    {
        PlanId = plan.View.Id.ToString(),
        Version = plan.Version,
        PupilId = plan.View.Pupil.ToString(),
        SchoolId = plan.School.ToString(),
        Status = Write(plan.View.Status),
        Goal = plan.View.Goal.Name,
        GoalPlace = plan.View.Goal.Place,
        NextReviewOn = Write(plan.View.NextReviewOn),
        Steps = { plan.View.Ladder.Steps.Select(StepMessages.Write) },
        CurrentStepId = plan.View.Ladder.Current.Id.ToString(),
        Parts =
        {
            plan.View.Sections.Select(section => new Wire.PlanPart
            {
                PartId = section.Id.ToString(),
                Heading = section.Heading,
                Text = section.Text,
                IsConfidential = section.IsConfidential,
            }),
        },
        Reviews =
        {
            plan.View.Reviews.Select(review => new Wire.ReviewSummary
            {
                ReviewId = review.Id.ToString(),
                HeldOn = Write(review.HeldOn),
                WhatWasTried = review.WhatWasTried,
                Outcome = review.Outcome,
                Decision = Write(review.Decision),
                NextReviewOn = Write(review.NextReviewOn),
                Say = review.Say is { } say ? Write(say) : null,
            }),
        },
        PupilsSays = { plan.View.PupilsSays.Select(Write) },
    };

    public static Wire.PlanSummary Write(ListedPlan plan) => new()
    {
        PlanId = plan.Id.ToString(),
        PupilId = plan.Pupil.ToString(),
        Status = Write(plan.Status),
        NextReviewOn = Write(plan.NextReviewOn),
    };

    private static Wire.PupilsSay Write(PupilsSay say) => new()
    {
        Words = say.Words,
        Manageable = { say.Manageable },
        Motivating = { say.Motivating },
        ChoseNotToSay = say.ChoseNotToSay,
        IsConfidential = say.IsConfidential,
    };

    private static ImmutableArray<string> ReadParts(IReadOnlyCollection<string> parts, string field) =>
        Fields.List(parts, field, StaffLimits.MaxListed, (part, name) => Fields.Needed(part, name));

    private static string Write(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : "";

    private static Wire.PlanStatus Write(PlanStatus status) => status switch
    {
        PlanStatus.Draft => Wire.PlanStatus.Draft,
        PlanStatus.Active => Wire.PlanStatus.Active,
        PlanStatus.Closed => Wire.PlanStatus.Closed,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static ReviewDecision ReadDecision(Wire.ReviewDecision decision) => decision switch
    {
        Wire.ReviewDecision.Stay => ReviewDecision.Stay,
        Wire.ReviewDecision.Repeat => ReviewDecision.Repeat,
        Wire.ReviewDecision.Split => ReviewDecision.Split,
        Wire.ReviewDecision.StepDown => ReviewDecision.StepDown,
        Wire.ReviewDecision.StepUp => ReviewDecision.StepUp,
        Wire.ReviewDecision.Fade => ReviewDecision.Fade,
        Wire.ReviewDecision.End => ReviewDecision.End,
        _ => throw Fields.NotChosen("decision"),
    };

    private static Wire.ReviewDecision Write(ReviewDecision decision) => decision switch
    {
        ReviewDecision.Stay => Wire.ReviewDecision.Stay,
        ReviewDecision.Repeat => Wire.ReviewDecision.Repeat,
        ReviewDecision.Split => Wire.ReviewDecision.Split,
        ReviewDecision.StepDown => Wire.ReviewDecision.StepDown,
        ReviewDecision.StepUp => Wire.ReviewDecision.StepUp,
        ReviewDecision.Fade => Wire.ReviewDecision.Fade,
        ReviewDecision.End => Wire.ReviewDecision.End,
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };
}

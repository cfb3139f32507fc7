using AV1Relay.Domain.Reviews;
using NodaTime;

namespace AV1Relay.Application.Arrangements;

/// <summary>What a review of the plan says about the reduced timetable.</summary>
/// <param name="Review">One of the plan's: its day and what the pupil said stand there.</param>
public sealed record ArrangementsReview(ReviewId Review, string ParentsSay, LocalDate NextReviewOn)
{
    public override string ToString() => nameof(ArrangementsReview);
}

using NodaTime;

namespace AV1Relay.Domain.Plans;

/// <summary>One try at a step, as far as whoever looks may see it.</summary>
/// <param name="Ratings">Of the one who looks; null when nothing was rated.</param>
/// <param name="LeftEarly">Says something about the step's size, nothing about the pupil.</param>
public sealed record StepExperience(StepId Step, Instant At, RatingsSeen? Ratings, bool LeftEarly)
{
    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(StepExperience);
}

using AV1Relay.Domain.Plans;

namespace AV1Relay.Application.Plans;

/// <summary>What goes with every change of a plan.</summary>
/// <param name="Seen">The version that was on the person's page.</param>
/// <param name="Why">In the person's words; may be empty.</param>
/// <param name="Say">What the pupil said to it; null where nobody asked, which most changes refuse.</param>
public sealed record PlanChangeRequest(PlanId Plan, long Seen, string Why, PupilsSay? Say)
{
    public override string ToString() => nameof(PlanChangeRequest);
}

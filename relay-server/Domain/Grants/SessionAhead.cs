using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Sessions;
using NodaTime;

namespace AV1Relay.Domain.Grants;

/// <summary>What a pupil sees who looks before they come in. It is no grant: nothing is live for it.</summary>
/// <param name="Step">Today's, in the words that it was written in with them.</param>
/// <param name="Lesson">Null: not in a lesson.</param>
/// <param name="Capabilities">What the robot may do in it, as plan and session stand now.</param>
/// <param name="BeginsAt">Wall time at the school; null: it has begun.</param>
public sealed record SessionAhead(Step Step, string? Lesson, CapabilitySet Capabilities, LocalTime? BeginsAt)
{
    public override string ToString() => nameof(SessionAhead);
}

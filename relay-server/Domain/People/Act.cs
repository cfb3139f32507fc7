using NodaTime;

namespace AV1Relay.Domain.People;

/// <summary>Somebody changes something: who, when and why. Goes with every change, and into the audit.</summary>
/// <param name="Why">In the person's words; may be empty where the change says it all.</param>
public sealed record Act(PersonId Who, Instant At, string Why = "")
{
    public override string ToString() => nameof(Act);
}

namespace AV1Relay.Domain.Refusals;

/// <summary>Why something that a person asked for is not done, and what to do instead. An answer, not an error.</summary>
/// <param name="Code">Stable slug, <c>booking.robot-taken</c>: the same in logs, gRPC and tests.</param>
/// <param name="Reason">What stands in the way, in plain words and without names.</param>
/// <param name="NextStep">What the person can do about it, as an instruction.</param>
public sealed record Refusal(string Code, string Reason, string NextStep)
{
    public override string ToString() => $"{Reason} {NextStep}";
}

namespace AV1Relay.Api.Join;

/// <summary>What a pupil's page needs to take part.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">Bearer token: the page keeps it for as long as its tab lives.</param>
/// <param name="ExpiresAt">When token and session end.</param>
/// <param name="Capabilities">Names of what today's step includes.</param>
/// <param name="WhepUrl">Where media is asked for, on this origin.</param>
/// <param name="Today">The step that the session is; null in a technician's session.</param>
internal sealed record JoinReply(
    string Session, string Token, DateTimeOffset ExpiresAt, IReadOnlyList<string> Capabilities, string WhepUrl, StepToday? Today = null);

/// <summary>What a pupil's page shows before anybody comes in: no seat, and no key to one.</summary>
/// <param name="Capabilities">Names of what today's step includes.</param>
/// <param name="Today">Null in a technician's session.</param>
/// <param name="BeginsAt">The school's clock, "10:05"; null: it has begun.</param>
internal sealed record LookReply(IReadOnlyList<string> Capabilities, StepToday? Today = null, string? BeginsAt = null);

/// <summary>Today's small step, for the pupil's own eyes.</summary>
/// <param name="Step">In the words that it was written in with the pupil.</param>
/// <param name="WhoIsThere">As the step says; may be empty.</param>
/// <param name="Lesson">Null: not in a lesson.</param>
internal sealed record StepToday(string Step, string WhoIsThere, string? Lesson)
{
    /// <remarks>Keeps personal words out of logs.</remarks>
    public override string ToString() => nameof(StepToday);
}

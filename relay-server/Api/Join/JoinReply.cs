namespace AV1Relay.Api.Join;

/// <summary>What a pupil's page needs to take part.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">Bearer token: the page keeps it for as long as its tab lives.</param>
/// <param name="ExpiresAt">When token and session end.</param>
/// <param name="Capabilities">Names of what today's step includes.</param>
/// <param name="WhepUrl">Where media is asked for, on this origin.</param>
internal sealed record JoinReply(
    string Session, string Token, DateTimeOffset ExpiresAt, IReadOnlyList<string> Capabilities, string WhepUrl);

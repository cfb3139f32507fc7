using AV1Relay.Domain.Sessions;

namespace AV1Relay.Api.Tokens;

/// <summary>What a bearer token says, once it has been found genuine.</summary>
/// <param name="Session">The one session that it is for.</param>
/// <param name="Role">What the bearer may be there.</param>
/// <param name="Identity">
/// The same for every token of one robot or one bound device: the same identity replaces its own earlier connection,
/// another one is told that somebody else is there.
/// </param>
/// <param name="DisplayName">How an observer is announced; null for robot and pupil.</param>
/// <param name="Capabilities">What the session's step allows.</param>
/// <param name="NotBefore">Start of the session's window.</param>
/// <param name="NotAfter">End of the session's window; nothing is live after it.</param>
/// <param name="IsAdHoc">Made by hand for tests and technicians, not from a booking.</param>
/// <param name="RobotName">The enrolled robot that the token belongs to; null for any other bearer.</param>
public sealed record SessionToken(
    string Session,
    SessionRole Role,
    string Identity,
    string? DisplayName,
    CapabilitySet Capabilities,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    bool IsAdHoc,
    string? RobotName);

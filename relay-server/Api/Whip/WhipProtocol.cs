using AV1Relay.Api.Tokens;

namespace AV1Relay.Api.Whip;

/// <summary>One of the two protocols: its path, and who may use it.</summary>
internal sealed record WhipProtocol(string Path, IReadOnlyList<SessionRole> Roles)
{
    /// <summary>RFC 9725: the robot's.</summary>
    public static WhipProtocol Whip { get; } = new("whip", [SessionRole.Robot]);

    /// <summary>draft-ietf-wish-whep: the pupil's and the observers'.</summary>
    public static WhipProtocol Whep { get; } = new("whep", [SessionRole.Pupil, SessionRole.Observer]);

    public bool Allows(SessionRole role) => Roles.Contains(role);
}

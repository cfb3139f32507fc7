namespace AV1Relay.Sfu;

/// <summary>Somebody asks for a place in a session; already authenticated.</summary>
/// <param name="Session">Also decides the shard.</param>
/// <param name="Identity">The same robot or bound device replaces its earlier connection; another one is told that the place is taken.</param>
/// <param name="Rights">What the bearer's grant allows. The room allows only what all of its robot, its pupil and the session allow.</param>
/// <param name="Offer">SDP, untrusted.</param>
/// <param name="DisplayName">How an observer is announced; null for the others.</param>
/// <param name="NotAfter">End of the grant's window: the connection is removed then.</param>
/// <param name="SessionRights">What the session allows from now on, whoever is in it; null: as it was.</param>
public sealed record JoinRequest(
    string Session,
    PeerRole Role,
    string Identity,
    MediaRights Rights,
    string Offer,
    string? DisplayName,
    DateTimeOffset NotAfter,
    MediaRights? SessionRights = null);

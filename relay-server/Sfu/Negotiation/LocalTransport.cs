using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>What the relay brings into an answer.</summary>
/// <param name="CanonicalName">RTCP's CNAME of everything that the relay sends to this peer; random, so that it identifies nobody.</param>
internal sealed record LocalTransport(
    IceCredentials Ice, Fingerprint Fingerprint, IReadOnlyList<IceCandidate> Candidates, string CanonicalName);

using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.WebRtc.Peer;

public sealed record OfferingPeerOptions
{
    public IceAgentOptions Ice { get; init; } = new();

    public DtlsLimits Dtls { get; init; } = DtlsLimits.Default;

    /// <summary>CNAME of all sources (RFC 8834 §4.9); null: a random one, so that calls can't be linked.</summary>
    public string? Cname { get; init; }
}

using AV1Relay.WebRtc.Dtls;

namespace AV1Relay.WebRtc.Peer;

public sealed record AnsweringPeerOptions
{
    public DtlsLimits Dtls { get; init; } = DtlsLimits.Default;

    /// <summary>CNAME of all sources (RFC 8834 §4.9); null: a random one, so that calls can't be linked.</summary>
    public string? Cname { get; init; }

    /// <summary>How long the other end may take to find us before the peer counts as failed.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its last check the other end still counts as wanting our traffic (RFC 7675 §5.1).</summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

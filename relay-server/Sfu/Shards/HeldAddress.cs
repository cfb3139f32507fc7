using AV1Relay.Sfu.Forwarding;
using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Sfu.Shards;

/// <summary>An address from which a peer's authenticated check came. Not a struct: what is counted here is counted in place.</summary>
internal sealed class HeldAddress(Peer peer, TransportProtocol protocol, int checksPerSecond)
{
    /// <summary>A forged check from a peer's own address costs less than forged media from there, which nothing can limit.</summary>
    private const int KnownPeersFactor = 10;

    private const int DtlsAtOnce = 128; // a whole handshake, each flight several times
    private const int DtlsPerSecond = 64;
    private const int UnprovedFactor = 3;
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(100);

    private long _unprovedCredit; // bytes
    private TimeSpan? _askedAt;

    /// <summary>Checks that name this peer from here.</summary>
    public TokenBucket Checks = new(KnownPeersFactor * checksPerSecond, KnownPeersFactor * checksPerSecond);

    /// <summary>DTLS datagrams from here: each may cost OpenSSL's work.</summary>
    public TokenBucket Dtls = new(DtlsAtOnce, DtlsPerSecond);

    public Peer Peer => peer;

    /// <summary>The last authentic packet from there.</summary>
    public TimeSpan UsedAt { get; set; }

    /// <summary>What was sent there has come back: the peer is where its packets say that they come from. On TCP the kernel's handshake has shown it.</summary>
    public bool IsProved { get; set; } = protocol == TransportProtocol.Tcp;

    public IceReturnCheck ReturnCheck { get; } = new();

    public void OnReceived(int bytes)
    {
        if (!IsProved) _unprovedCredit += UnprovedFactor * bytes;
    }

    /// <summary>Whether so many bytes may go there although nothing has shown yet that the peer is there.</summary>
    public bool TrySend(int bytes)
    {
        if (_unprovedCredit < bytes) return false;
        _unprovedCredit -= bytes;
        return true;
    }

    public bool TryAsk(TimeSpan now)
    {
        if (_askedAt is { } askedAt && now - askedAt < AskInterval) return false;
        _askedAt = now;
        return true;
    }
}

using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Sfu.Shards;

/// <summary>What a shard is given at its start.</summary>
/// <param name="Candidates">Of its own port, one a media address.</param>
/// <param name="NewDtls">Makes a DTLS server; tests and simulations give another.</param>
/// <param name="Quota">Shared by all shards.</param>
internal sealed record ShardSettings(
    SfuOptions Options,
    Fingerprint Fingerprint,
    IReadOnlyList<IceCandidate> Candidates,
    Func<IDtlsSession> NewDtls,
    SessionQuota Quota);

/// <summary>Counts the rooms and connections of a whole relay, and its connections' fencing numbers. Thread-safe; touched only when somebody joins or leaves.</summary>
/// <param name="firstFencingNumber">Above all that an earlier run of this relay gave out: a time does.</param>
internal sealed class SessionQuota(int maxSessions, ulong firstFencingNumber, int maxPeers = int.MaxValue)
{
    private int _sessions;
    private int _peers;
    private ulong _fencingNumber = firstFencingNumber;

    public int Sessions => Volatile.Read(ref _sessions);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _sessions) <= maxSessions) return true;
        Interlocked.Decrement(ref _sessions);
        return false;
    }

    public void Return() => Interlocked.Decrement(ref _sessions);

    public bool TryTakePeer()
    {
        if (Interlocked.Increment(ref _peers) <= maxPeers) return true;
        Interlocked.Decrement(ref _peers);
        return false;
    }

    public void ReturnPeer() => Interlocked.Decrement(ref _peers);

    public ulong NextFencingNumber() => Interlocked.Increment(ref _fencingNumber);
}

using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Ice;

/// <summary>RFC 8445 §6.1.2.6.</summary>
internal enum IcePairState : byte
{
    Frozen,
    Waiting,
    InProgress,
    Succeeded,
    Failed,
}

/// <summary>One path under test.</summary>
internal sealed class IcePair(IceCandidate local, IceCandidate remote, IceGeneration generation)
{
    public IceCandidate Local { get; } = local;

    public IceCandidate Remote { get; } = remote;

    public IceGeneration Generation { get; } = generation;

    public CandidatePair Path { get; } = new(local.Base, remote.Address);

    public bool IsTcp => Path.Remote.Protocol == TransportProtocol.Tcp;

    public IcePairState State { get; set; } = IcePairState.Frozen;

    public ulong Priority { get; private set; }

    /// <summary>The peer, controlling, has named this pair before our own check of it was answered.</summary>
    public bool IsNominatedByPeer { get; set; }

    /// <summary>The check under way; null for none. A nominating check runs on a pair that has succeeded before.</summary>
    public IceTransaction? Check { get; set; }

    public bool IsDecided => State is IcePairState.Succeeded or IcePairState.Failed;

    public bool SharesFoundationWith(IcePair other) => Local.Foundation == other.Local.Foundation && Remote.Foundation == other.Remote.Foundation;

    /// <summary>RFC 8445 §6.1.2.3: the controlling side's priority weighs as G.</summary>
    public void SetPriority(bool isControlling)
    {
        ulong g = isControlling ? Local.Priority : Remote.Priority;
        ulong d = isControlling ? Remote.Priority : Local.Priority;
        Priority = (Math.Min(g, d) << 32) + 2 * Math.Max(g, d) + (g > d ? 1UL : 0UL);
    }
}

/// <summary>A check that waits for its answer (RFC 8489 §6.2.1).</summary>
internal sealed class IceTransaction(StunTransactionId id, bool isNominating, bool asControlling, TimeSpan now, TimeSpan retransmission, TimeSpan? longest)
{
    private readonly TimeSpan _lastWait = retransmission * 16; // Rm (RFC 8489 §6.2.1)
    private readonly TimeSpan _longestWait = longest is not { } limit ? TimeSpan.MaxValue : limit > retransmission ? limit : retransmission;
    private TimeSpan _wait = retransmission;

    public StunTransactionId Id { get; } = id;

    public bool IsNominating { get; } = isNominating;

    public bool AsControlling { get; } = asControlling;

    public TimeSpan SentFirstAt { get; } = now;

    public int Transmissions { get; private set; } = 1;

    /// <summary>When to send again or, after the last sending, to give up.</summary>
    public TimeSpan DueAt { get; private set; } = now + retransmission;

    /// <returns>False when all sendings are used up: the check has failed.</returns>
    public bool TryRetransmit(TimeSpan now, int maxTransmissions)
    {
        if (Transmissions >= maxTransmissions) return false;
        Transmissions++;
        var doubled = _wait * 2 < _longestWait ? _wait * 2 : _longestWait;
        _wait = Transmissions == maxTransmissions ? _lastWait : doubled;
        DueAt = now + _wait;
        return true;
    }
}

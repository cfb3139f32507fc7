namespace AV1Relay.WebRtc.Ice;

/// <summary>The pairs of one generation, best first, and which of them is checked next (RFC 8445 §6.1.2, §6.1.4.2).</summary>
internal sealed class IceCheckList(int maxPairs)
{
    private readonly List<IcePair> _pairs = [];
    private readonly Queue<IcePair> _triggered = new();

    public IReadOnlyList<IcePair> Pairs => _pairs;

    public IcePair? BestSucceeded => _pairs.Find(static pair => pair.State == IcePairState.Succeeded);

    public bool HasUndecided => _pairs.Exists(static pair => !pair.IsDecided);

    public bool HasUndecidedUdp => _pairs.Exists(static pair => !pair.IsDecided && !pair.IsTcp);

    public bool HasWork => FindNext() is not null;

    /// <summary>How many checks share the pace now; the first wait for an answer grows with it (RFC 8445 §14.3).</summary>
    public int ActiveCount => _pairs.Count(static pair => pair.State is IcePairState.Waiting or IcePairState.InProgress);

    public void Clear()
    {
        _pairs.Clear();
        _triggered.Clear();
    }

    /// <summary>Whether two candidates can be the ends of one path.</summary>
    public static bool CanPair(IceCandidate local, IceCandidate remote)
    {
        if (local.Component != 1 || remote.Component != 1) return false;
        if (local.Address.Protocol != remote.Address.Protocol || local.Base.IsIPv4 != remote.Address.IsIPv4) return false;
        if (!local.Base.IsIPv4 && IsLinkLocal(local.Base) != IsLinkLocal(remote.Address)) return false;
        return local.Address.Protocol == TransportProtocol.Udp
            || (local.TcpType == IceTcpType.Active && remote.TcpType == IceTcpType.Passive);
    }

    /// <summary>Adds a pair unless the same path is there; the worst one goes when there are too many (RFC 8445 §6.1.2.5).</summary>
    /// <returns>The pair of that path, or null when it was the worst.</returns>
    public IcePair? Add(IcePair pair, bool isControlling)
    {
        if (Find(pair.Path) is { } known) return known;
        pair.SetPriority(isControlling);
        _pairs.Add(pair);
        Sort();
        if (_pairs.Count <= maxPairs) return pair;
        var worst = _pairs[^1];
        _pairs.RemoveAt(_pairs.Count - 1);
        return worst == pair ? null : pair;
    }

    public IcePair? Find(CandidatePair path) => _pairs.Find(pair => pair.Path == path);

    public void OnRoleChanged(bool isControlling)
    {
        foreach (var pair in _pairs) pair.SetPriority(isControlling);
        Sort();
    }

    /// <summary>The best pair of each foundation starts Waiting, the others Frozen (RFC 8445 §6.1.2.6).</summary>
    public void Thaw()
    {
        foreach (var pair in _pairs)
        {
            if (pair.State == IcePairState.Frozen && !_pairs.Exists(other => other.State != IcePairState.Frozen && other.SharesFoundationWith(pair)))
                pair.State = IcePairState.Waiting;
        }
    }

    /// <summary>A success makes its like worth trying (RFC 8445 §7.2.5.3.3).</summary>
    public void ThawLike(IcePair succeeded)
    {
        foreach (var pair in _pairs)
            if (pair.State == IcePairState.Frozen && pair.SharesFoundationWith(succeeded)) pair.State = IcePairState.Waiting;
    }

    public void Trigger(IcePair pair)
    {
        if (!_triggered.Contains(pair)) _triggered.Enqueue(pair);
    }

    public IcePair? TakeNext()
    {
        var next = FindNext();
        if (next is not null && _triggered.TryPeek(out var first) && first == next) _triggered.Dequeue();
        return next;
    }

    /// <summary>Once a pair is nominated, the others are of no more use (RFC 8445 §8.1.2).</summary>
    public void KeepOnly(IcePair nominated)
    {
        Clear();
        _pairs.Add(nominated);
    }

    /// <summary>Triggered checks first, then the best that waits, then a frozen one whose like isn't being tried (RFC 8445 §6.1.4.2).</summary>
    private IcePair? FindNext()
    {
        while (_triggered.TryPeek(out var triggered))
        {
            if (triggered.State == IcePairState.Waiting) return triggered;
            _triggered.Dequeue();
        }

        return _pairs.Find(static pair => pair.State == IcePairState.Waiting)
            ?? _pairs.Find(pair => pair.State == IcePairState.Frozen && !_pairs.Exists(other =>
                other.State is IcePairState.Waiting or IcePairState.InProgress && other.SharesFoundationWith(pair)));
    }

    private static bool IsLinkLocal(TransportAddress address) => address.Address >> 118 == 0xFE80 >> 6;

    private void Sort() => _pairs.Sort(static (one, other) => other.Priority.CompareTo(one.Priority));
}

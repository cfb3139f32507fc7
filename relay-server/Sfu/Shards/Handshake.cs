using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc.Peer;

namespace AV1Relay.Sfu.Shards;

/// <summary>A peer's DTLS handshake under way. One flight takes up to a millisecond of arithmetic: time that other rooms' packets would wait.</summary>
/// <remarks>
/// The shard's thread owns it, except between <see cref="TryLend"/> and <see cref="TakeBack"/>: then <see cref="Transport"/> belongs to whoever calls
/// <see cref="Run"/>, and the shard's thread only collects datagrams for the next turn.
/// </remarks>
internal sealed class Handshake(Peer peer, SecureTransport transport)
{
    private const int MostWaiting = 8; // two whole flights; DTLS repeats what is dropped

    private readonly List<byte[]> _waiting = [];
    private readonly Queue<byte[]> _inHand = new();
    private TimeSpan _lentAt;
    private volatile bool _isAbandoned;

    public Peer Peer => peer;

    /// <summary>Not to be touched while <see cref="IsLent"/>.</summary>
    public SecureTransport Transport => transport;

    public bool IsLent { get; private set; }

    /// <summary>What the last turn threw (OpenSSL out of memory); null otherwise.</summary>
    public Exception? Fault { get; private set; }

    /// <returns>False when too much is waiting already.</returns>
    public bool TryAdd(ReadOnlySpan<byte> datagram)
    {
        if (_waiting.Count == MostWaiting) return false;
        _waiting.Add(datagram.ToArray());
        return true;
    }

    /// <returns>Whether there is something to run, and nobody runs it yet.</returns>
    public bool TryLend(TimeSpan now)
    {
        if (IsLent || _waiting.Count == 0) return false;
        foreach (var datagram in _waiting) _inHand.Enqueue(datagram);
        _waiting.Clear();
        _lentAt = now;
        return IsLent = true;
    }

    /// <summary>The peer has gone: what is left of the work need not be done.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Does the arithmetic, on whichever thread has it on loan, until there is an outcome. Never throws.</summary>
    public void Run()
    {
        try
        {
            while (!_isAbandoned && !transport.IsAuthenticated && !transport.HasFailed && _inHand.TryDequeue(out var datagram))
                transport.OnDtlsDatagram(datagram, _lentAt);
        }
        catch (Exception exception) // told when it is taken back: one peer's fault must not end everybody's handshakes
        {
            Fault = exception;
        }
    }

    /// <param name="now">From here on the peer's answer is waited for, not from when the work was lent.</param>
    public void TakeBack(TimeSpan now)
    {
        IsLent = false;
        transport.OnSent(now);
    }

    /// <summary>What came behind the last flight, in order: for the connected transport.</summary>
    public IEnumerable<byte[]> Rest() => _inHand.Concat(_waiting);
}

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

    private List<byte[]> _waiting = [];
    private List<byte[]> _inHand = [];
    private TimeSpan _lentAt;

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
        (_inHand, _waiting) = (_waiting, _inHand);
        _lentAt = now;
        return IsLent = true;
    }

    /// <summary>Does the arithmetic, on whichever thread has it on loan. Never throws.</summary>
    public void Run()
    {
        try
        {
            foreach (var datagram in _inHand) transport.OnDtlsDatagram(datagram, _lentAt);
        }
        catch (Exception exception) // told when it is taken back: one peer's fault must not end everybody's handshakes
        {
            Fault = exception;
        }
    }

    public void TakeBack()
    {
        _inHand.Clear();
        IsLent = false;
    }
}

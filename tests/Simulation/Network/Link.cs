using AV1Relay.Tests.Simulation.Clock;
using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.WebRtc;

namespace AV1Relay.Tests.Simulation.Network;

/// <summary>What stands at the end of a link.</summary>
internal interface ILinkReceiver
{
    /// <param name="isCopy">The link made this datagram of another one, which has been delivered and accepted.</param>
    /// <returns>Whether it was accepted as authentic. What is not SRTP may answer either way.</returns>
    bool OnDatagram(Span<byte> datagram, in TransportAddress source, in TransportAddress destination, bool isCopy, TimeSpan now);
}

/// <summary>One direction of the path between an end and the relay.</summary>
internal sealed class Link(EventQueue events, PacketPool pool, TraceHash trace, int number, int seed, ILinkReceiver receiver, SentPackets sent) : IEventTarget
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<int, Passage> _passages = [];
    private TimeSpan _freeAt;
    private TimeSpan _lastArrival;
    private TimeSpan _burstChangesAt;
    private bool _isInBurst = true; // the first change is to the good state

    public int Number => number;

    public LinkModel Model { get; set; } = LinkModel.Good;

    public long Offered { get; private set; }

    public long Lost { get; private set; }

    public long Copied { get; private set; }

    public long CopiesDelivered { get; private set; }

    public int MostQueuedBytes { get; private set; }

    /// <summary>Of datagrams that arrived.</summary>
    public long DeliveredBytes { get; private set; }

    /// <summary>How long a datagram that came now would wait for the rate.</summary>
    public TimeSpan Queue => _freeAt > events.Now ? _freeAt - events.Now : TimeSpan.Zero;

    public void Send(ReadOnlySpan<byte> datagram, in TransportAddress source, in TransportAddress destination)
    {
        var now = events.Now;
        Offered++;
        sent.OnOffered(datagram);
        if (IsLost(datagram.Length, now, out var departsAt))
        {
            Lost++;
            sent.OnLost(datagram);
            return;
        }

        var isTwice = Model.Duplication > 0 && _random.NextDouble() < Model.Duplication;
        var pair = isTwice ? new Pair() : null;
        Deliver(datagram, source, destination, departsAt, pair);
        if (!isTwice) return;
        Copied++;
        Deliver(datagram, source, destination, departsAt, pair);
    }

    void IEventTarget.OnEvent(int slot, TimeSpan now)
    {
        _passages.Remove(slot, out var passage);
        var datagram = pool.Buffer(slot)[..passage.Length];
        var isCopy = passage.Pair is { WasAccepted: true };
        if (isCopy) CopiesDelivered++;
        DeliveredBytes += passage.Length;
        trace.Add(now, number, passage.Length, datagram[0]);
        var identity = SentPackets.IdentityOf(datagram); // before it is opened in place
        var isAccepted = receiver.OnDatagram(datagram, passage.Source, passage.Destination, isCopy, now);
        if (isAccepted && passage.Pair is { } pair) pair.WasAccepted = true;
        if (!isAccepted && !isCopy) sent.OnRefused(identity);
        pool.Return(slot);
    }

    private void Deliver(ReadOnlySpan<byte> datagram, in TransportAddress source, in TransportAddress destination, TimeSpan departsAt, Pair? pair)
    {
        var slot = pool.Rent();
        datagram.CopyTo(pool.Buffer(slot));
        _passages.Add(slot, new Passage(datagram.Length, source, destination, pair));
        var arrival = departsAt + Model.Delay;
        if (Model.Jitter > TimeSpan.Zero) arrival += Model.Jitter * Math.Min(8, NextExponential());
        if (arrival < _lastArrival) arrival = _lastArrival;
        if (Model.Reordering > 0 && _random.NextDouble() < Model.Reordering) arrival += Model.ReorderedBy * _random.NextDouble(); // others may overtake it
        else _lastArrival = arrival;

        events.Schedule(arrival, this, slot);
    }

    private bool IsLost(int length, TimeSpan now, out TimeSpan departsAt)
    {
        departsAt = now;
        var model = Model;
        if (model.BurstEvery > TimeSpan.Zero)
        {
            while (_burstChangesAt <= now)
            {
                _isInBurst = !_isInBurst;
                _burstChangesAt += (_isInBurst ? model.BurstLasts : model.BurstEvery) * NextExponential();
            }

            if (_isInBurst && _random.NextDouble() < model.LossInBurst) return true;
        }

        if (model.Loss > 0 && _random.NextDouble() < model.Loss) return true;
        if (model.RateBps == 0) return false;
        if (_freeAt < now) _freeAt = now;
        var queued = (int)((_freeAt - now).TotalSeconds * model.RateBps / 8) + length;
        if (queued > model.QueueBytes) return true;
        MostQueuedBytes = Math.Max(MostQueuedBytes, queued);
        _freeAt += TimeSpan.FromSeconds(length * 8.0 / model.RateBps);
        departsAt = _freeAt;
        return false;
    }

    private double NextExponential() => -Math.Log(1 - _random.NextDouble());

    private readonly record struct Passage(int Length, TransportAddress Source, TransportAddress Destination, Pair? Pair);

    /// <summary>A datagram and its copy: whichever comes second is a replay, if the first was accepted.</summary>
    private sealed class Pair
    {
        public bool WasAccepted { get; set; }
    }
}

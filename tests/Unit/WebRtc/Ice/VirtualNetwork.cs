using AV1Relay.WebRtc;

namespace AV1Relay.Tests.Unit.WebRtc.Ice;

/// <summary>Something sans-I/O with an address or more.</summary>
internal interface IVirtualHost
{
    TimeSpan? NextTimeout { get; }

    void OnTimeout(TimeSpan now);

    void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now);

    bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote);
}

/// <summary>Delay, seeded loss, cuts and NAT between hosts, in virtual time: nothing waits, and each run repeats.</summary>
internal sealed class VirtualNetwork(int seed = 1)
{
    private readonly Random _random = new(seed);
    private readonly List<(IVirtualHost Host, TransportAddress[] Addresses)> _hosts = [];
    private readonly PriorityQueue<(byte[] Datagram, TransportAddress From, TransportAddress To), (TimeSpan At, int Order)> _flying = new();
    private readonly byte[] _buffer = new byte[2_048];
    private int _order;

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(100); // not zero: nobody may think that time starts with them

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>0–1.</summary>
    public double Loss { get; set; }

    /// <summary>True for what is not carried at all.</summary>
    public Func<TransportAddress, TransportAddress, bool> IsCut { get; set; } = static (_, _) => false;

    /// <summary>Inside address → outside address; translated on the way out and back.</summary>
    public Dictionary<TransportAddress, TransportAddress> Nat { get; } = [];

    /// <summary>Everything that was sent, also what was lost.</summary>
    public List<(TimeSpan At, byte[] Datagram, TransportAddress From, TransportAddress To)> Log { get; } = [];

    public void Add(IVirtualHost host, params TransportAddress[] addresses) => _hosts.Add((host, addresses));

    public void Send(byte[] datagram, TransportAddress from, TransportAddress to)
    {
        Log.Add((Now, datagram, from, to));
        if (IsCut(from, to) || _random.NextDouble() < Loss) return;
        var seen = Nat.GetValueOrDefault(from, from);
        var target = Nat.FirstOrDefault(entry => entry.Value == to) is { Value: var outside, Key: var inside } && outside == to ? inside : to;
        _flying.Enqueue((datagram, seen, target), (Now + Delay, _order++));
    }

    /// <summary>Lets time pass until the condition holds, at most for the given while.</summary>
    /// <returns>How long it took; null when it never held.</returns>
    public TimeSpan? RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        var start = Now;
        var stuck = 0;
        while (true)
        {
            Collect();
            if (condition()) return Now - start;
            var next = NextEvent();
            if (next is null || next > start + atMost)
            {
                Now = start + atMost;
                return null;
            }

            stuck = next <= Now ? stuck + 1 : 0;
            if (stuck > 1_000) throw new InvalidOperationException("A host asks to be woken at once, for ever.");
            Now = next > Now ? next.Value : Now;
            Deliver();
            foreach (var (host, _) in _hosts)
                if (host.NextTimeout <= Now) host.OnTimeout(Now);
        }
    }

    public void Run(TimeSpan duration) => RunUntil(static () => false, duration);

    private void Collect()
    {
        foreach (var (host, _) in _hosts)
        {
            while (host.TryTakeDatagram(_buffer, out var length, out var local, out var remote))
                Send(_buffer.AsSpan(0, length).ToArray(), local, remote);
        }
    }

    private TimeSpan? NextEvent()
    {
        TimeSpan? next = _flying.TryPeek(out _, out var flying) ? flying.At : null;
        foreach (var (host, _) in _hosts)
            if (next is null || host.NextTimeout < next) next = host.NextTimeout;
        return next;
    }

    private void Deliver()
    {
        while (_flying.TryPeek(out var packet, out var when) && when.At <= Now)
        {
            _flying.Dequeue();
            foreach (var (host, addresses) in _hosts)
                if (addresses.Contains(packet.To)) host.OnDatagram(packet.Datagram, packet.To, packet.From, Now);
        }
    }
}

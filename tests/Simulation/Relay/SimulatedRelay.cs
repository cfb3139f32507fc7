using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Shards;
using AV1Relay.Tests.Simulation.Clock;
using AV1Relay.Tests.Simulation.Ends;
using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Network;
using AV1Relay.Tests.Simulation.Runs;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Tests.Simulation.Relay;

/// <summary>The relay's real shard on the virtual clock: links bring datagrams, and take what it sends.</summary>
internal sealed class SimulatedRelay : ILinkReceiver, IDatagramOutput, IRoomChangeSink, IEventTarget, IDisposable
{
    private const int TimeoutDue = -1;

    private static readonly TransportAddress Address = TransportAddress.FromIPv4(0x0A00_0001, 20_000);

    /// <summary>From a room's change to the return of those who listen to it.</summary>
    private static readonly TimeSpan AnnouncingTakes = TimeSpan.FromMilliseconds(70);

    private readonly World _world;
    private readonly Random _random;
    private readonly DriftingClock _clock;
    private readonly SfuOptions _options;
    private readonly Dictionary<TransportAddress, Participant> _routes = [];
    private readonly Dictionary<string, CallEnd> _joined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _announced = new(StringComparer.Ordinal);
    private readonly List<(ShardCore Core, RoomChange Change)> _announcements = [];
    private readonly byte[] _next = new byte[2_048];
    private TimeSpan? _timeoutAt;

    public SimulatedRelay(World world, int seed, double driftPpm, SfuOptions options)
    {
        _world = world;
        _random = new Random(seed);
        _clock = new DriftingClock(TimeSpan.FromHours(1), driftPpm);
        _options = options;
        Quota = new SessionQuota(options.MaxSessions, 0);
        Core = NewCore();
    }

    public ShardCore Core { get; private set; }

    public SessionQuota Quota { get; private set; }

    /// <summary>Of all cores of the run.</summary>
    public long NacksAnswered => _nacksAnsweredBefore + Core.Counters.NacksAnswered;

    public TimeSpan Now => _clock.At(_world.Events.Now);

    private long _nacksAnsweredBefore;

    public void Route(TransportAddress address, Participant participant) => _routes.Add(address, participant);

    /// <summary>The process ends and another begins: nobody is known any more.</summary>
    public void Restart()
    {
        _nacksAnsweredBefore += Core.Counters.NacksAnswered;
        _world.Tell(_world.Events.Now, "the relay starts again");
        CheckCounters();
        Core.Dispose();
        Quota = new SessionQuota(_options.MaxSessions, 1_000);
        Core = NewCore();
        _timeoutAt = null;
    }

    public JoinOutcome Join(Participant who, CallEnd end)
    {
        var utcNow = DriftingClock.WallTime(Now);
        var request = new JoinRequest(
            who.Session, who.Role, who.Name, MediaRights.All, end.Offer, who.Role == PeerRole.Observer ? who.Name : null, utcNow.AddHours(12));
        var outcome = Core.Join(request, ParsedSdp.Offer(end.Offer), Now, utcNow);
        if (outcome is JoinOutcome.Joined joined) _joined[joined.ResourceId] = end;
        PlanTimeout();
        return outcome;
    }

    public RestartOutcome Restart(string session, string resourceId, string etag, string fragment)
        => Core.Restart(session, resourceId, null, etag, ParsedSdp.Fragment(fragment));

    public void Leave(string session, string resourceId) => Core.Leave(session, resourceId, null, Now);

    public void CheckCounters()
    {
        var counters = Core.Counters;
        if (counters.AuthenticationFailures > 0) _world.Violations.Add($"relay: {counters.AuthenticationFailures} authentication failures");
        if (counters.Malformed > 0) _world.Violations.Add($"relay: {counters.Malformed} malformed packets");
        if (counters.TooManySources > 0) _world.Violations.Add($"relay: {counters.TooManySources} packets of too many sources");
        if (counters.Unrouted > 0) _world.Violations.Add($"relay: {counters.Unrouted} unrouted packets");
        if (counters.HandshakesFailed > 0 && !_world.AllowsFailedHandshakes) _world.Violations.Add($"relay: {counters.HandshakesFailed} failed handshakes");
    }

    public void Dispose() => Core.Dispose();

    bool ILinkReceiver.OnDatagram(Span<byte> datagram, in TransportAddress source, in TransportAddress destination, bool isCopy, TimeSpan now)
    {
        var counters = Core.Counters;
        var (replays, unknown, unauthentic) = (counters.Replays, counters.UnknownSource, counters.AuthenticationFailures);
        var isMedia = SentPackets.IsMedia(datagram);
        Core.OnDatagram(datagram, source, Now);
        PlanTimeout();
        if (!isMedia) return true;
        if (counters.AuthenticationFailures != unauthentic)
        {
            _world.Violations.Add($"relay: a packet of {_routes[source].Name} isn't authentic");
            return false;
        }

        if (counters.UnknownSource != unknown)
        {
            var who = _routes[source];
            if (who.Current?.Outside == source && !_world.IsDisturbed(now)) _world.Violations.Add($"relay: {who.Name} is unknown");
            return false;
        }

        var isReplay = counters.Replays != replays;
        if (isReplay && !isCopy) _world.Violations.Add($"relay: a packet of {_routes[source].Name} was taken for a replay");
        if (!isReplay && isCopy) _world.Violations.Add($"relay: a replay of {_routes[source].Name} was accepted");
        if (isReplay) _world.ReplaysRefused++;
        return !isReplay;
    }

    Span<byte> IDatagramOutput.Next() => _next;

    void IDatagramOutput.Commit(int length, in TransportAddress remote, bool isForwarded)
    {
        if (!_routes.TryGetValue(remote, out var participant))
        {
            _world.Violations.Add($"relay: a datagram to {remote}, where nobody ever was");
            return;
        }

        var datagram = _next.AsSpan(0, length);
        if (participant.Role == PeerRole.Observer && participant.Current is { } end && end.Outside == remote && SentPackets.IsMedia(datagram)
            && (end.Joined is not { } joined || !_announced.Contains(joined.ResourceId)))
            _world.Violations.Add($"relay: media for {participant.Name} before it was announced");
        participant.Down.Send(datagram, Address, remote);
    }

    void IRoomChangeSink.Post(RoomChange change)
    {
        if (change.Announced.Count == 0) return;
        _announcements.Add((Core, change));
        _world.Events.Schedule(_world.Events.Now + AnnouncingTakes, this, _announcements.Count - 1);
    }

    void IEventTarget.OnEvent(int what, TimeSpan now)
    {
        if (what == TimeoutDue)
        {
            if (_timeoutAt is not { } at || now < at) return; // of a core before this one
            _timeoutAt = null;
            Core.OnTimeout(Now);
        }
        else
        {
            var (core, change) = _announcements[what];
            if (core != Core) return;
            foreach (var resource in change.Announced) _announced.Add(resource);
            Core.OnAnnounced(change.Announced, Now);
        }

        PlanTimeout();
    }

    private ShardCore NewCore()
    {
        var fingerprint = KeyingDouble.NewFingerprint(_random);
        var keying = new Random(_random.Next());
        return new ShardCore(
            new ShardSettings(_options, fingerprint, [IceCandidate.Host(Address)], () => new KeyingDouble(DtlsRole.Server, fingerprint, keying), Quota),
            this, this);
    }

    private void PlanTimeout()
    {
        if (Core.NextTimeout is not { } next) return;
        var at = _clock.When(next);
        if (_timeoutAt is { } planned && planned <= at) return;
        _timeoutAt = at;
        _world.Events.Schedule(at, this, TimeoutDue);
    }
}

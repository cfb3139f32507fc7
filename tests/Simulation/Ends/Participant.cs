using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Simulation.Clock;
using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Network;
using AV1Relay.Tests.Simulation.Runs;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.CongestionControl;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>Somebody with a place in a room, a way to the relay, and a program that may end and start again.</summary>
internal sealed class Participant : ILinkReceiver, IEventTarget
{
    private const int RequestArrives = 1;
    private const int AnswerArrives = 2;

    /// <summary>HTTP's way to the relay; TCP hides what the network loses.</summary>
    private static readonly TimeSpan RequestTime = TimeSpan.FromMilliseconds(40);

    private readonly Random _random;
    private readonly DriftingClock _clock;
    private readonly SentPackets _sentUp;
    private readonly SentPackets _sentDown;
    private readonly List<SubscriberStream> _subscribed = [];
    private (CallEnd End, JoinOutcome.Joined Joined)? _answer;
    private uint _host;

    public Participant(World world, PeerRole role, int room, int number, int seed, double driftPpm)
    {
        World = world;
        Role = role;
        Room = room;
        Number = number;
        Name = $"{role} {number} of room {room}";
        _random = new Random(seed);
        _clock = new DriftingClock(TimeSpan.FromSeconds(_random.Next(1, 100_000)), driftPpm);
        _sentUp = new SentPackets($"{Name}, up", world.Violations);
        _sentDown = new SentPackets($"{Name}, down", world.Violations);
        Up = new Link(world.Events, world.Pool, world.Trace, 2 * number, _random.Next(), world.Relay, _sentUp);
        Down = new Link(world.Events, world.Pool, world.Trace, 2 * number + 1, _random.Next(), this, _sentDown);
        _host = 0x0A01_0000 + (uint)number * 256;
        Health = new Health(this);
    }

    public World World { get; }

    public PeerRole Role { get; }

    public int Room { get; }

    public int Number { get; }

    public string Name { get; }

    public string Session => World.SessionOf(Room);

    public Link Up { get; }

    public Link Down { get; }

    public Health Health { get; }

    /// <summary>The program that runs now; null between two.</summary>
    public CallEnd? Current { get; private set; }

    /// <summary>When that program was started.</summary>
    public TimeSpan StartedAt { get; private set; }

    public IReadOnlyList<SubscriberStream> Subscribed => _subscribed;

    public int FramesPerSecond { get; set; } = 20;

    /// <summary>Between what a robot's picture stays.</summary>
    public BandwidthLimits PictureLimits { get; set; } = new(50_000, 300_000, 300_000);

    /// <summary>Where the numbers begin; null: anywhere that the rules allow.</summary>
    public NumbersStart? FirstNumbers { get; set; }

    /// <summary>Datagrams that arrived when nobody who could read them was there.</summary>
    public long Stale { get; private set; }

    /// <summary>Starts the program and asks for the place.</summary>
    public void Start()
    {
        World.Tell(World.Events.Now, $"{Name} starts");
        var sender = Role == PeerRole.Observer
            ? null
            : new MediaSender(_random, Role == PeerRole.Robot, FirstNumbers ?? NumbersStart.Any(_random), PictureLimits) { FramesPerSecond = FramesPerSecond };
        StartedAt = World.Events.Now;
        Current = new CallEnd(this, NewAddress(), sender, World.Events, _clock, new Random(_random.Next()));
        World.Events.Schedule(World.Events.Now + RequestTime, this, RequestArrives);
    }

    /// <summary>The power is gone.</summary>
    public void Crash()
    {
        World.Tell(World.Events.Now, $"{Name} is gone");
        Current?.Dispose();
        Current = null;
    }

    /// <summary>The page is closed: it says goodbye.</summary>
    public void Close()
    {
        World.Tell(World.Events.Now, $"{Name} closes");
        Current?.Close();
        Current = null;
    }

    /// <summary>DELETE, and nothing else.</summary>
    public void Leave()
    {
        World.Tell(World.Events.Now, $"{Name} leaves");
        if (Current?.Joined is { } joined) World.Relay.Leave(Session, joined.ResourceId);
        Crash();
    }

    /// <summary>A router in between gives another address, and tells nobody.</summary>
    public void MoveSilently()
    {
        World.Tell(World.Events.Now, $"{Name} has another address");
        if (Current is { } end) end.Outside = NewAddress();
    }

    /// <summary>The network changes, the program notices, and asks for an ICE restart.</summary>
    public void MoveAndRestartIce()
    {
        World.Tell(World.Events.Now, $"{Name} has another address, and restarts ICE");
        if (Current is not { Joined: { } joined } end) return;
        end.Outside = NewAddress();
        var fragment = end.RestartIce();
        World.At(World.Events.Now + RequestTime, () =>
        {
            var outcome = World.Relay.Restart(Session, joined.ResourceId, end.ETag, fragment);
            World.At(World.Events.Now + RequestTime, () =>
            {
                if (outcome is RestartOutcome.Restarted restarted) end.ApplyRestart(restarted);
                else World.Violations.Add($"{Name}: the ICE restart was refused: {outcome}");
            });
        });
    }

    public void Send(ReadOnlySpan<byte> datagram, in TransportAddress destination)
    {
        if (Current is { } end) Up.Send(datagram, end.Outside, destination);
    }

    public PublishedStream Publish(MediaSource source, uint ssrc, uint? repeatSsrc)
        => World.Published.Add(Room, source, _sentUp.Stream(ssrc), repeatSsrc is { } repeats ? _sentUp.Stream(repeats) : null);

    public SubscriberStream Subscribe(MediaSource source, uint ssrc)
    {
        var stream = new SubscriberStream($"{Name} {source}", Room, source, _sentDown.Stream(ssrc), World.Published, World.Violations);
        _subscribed.Add(stream);
        return stream;
    }

    bool ILinkReceiver.OnDatagram(Span<byte> datagram, in TransportAddress source, in TransportAddress destination, bool isCopy, TimeSpan now)
    {
        if (Current is not { } end || end.Outside != destination)
        {
            Stale++;
            return false;
        }

        var isMedia = SentPackets.IsMedia(datagram);
        var wasConnected = end.State is WebRtc.Peer.PeerState.Connected or WebRtc.Peer.PeerState.Disconnected;
        var isAccepted = end.OnDatagram(datagram, source);
        if (!isMedia) return isAccepted;
        if (isAccepted && isCopy) World.Violations.Add($"{Name}: a replay was accepted");
        if (!isAccepted && isCopy) World.ReplaysRefused++;
        if (!isAccepted && !isCopy && wasConnected && !World.IsDisturbed(now)) World.Violations.Add($"{Name}: an authentic packet was refused");
        return isAccepted;
    }

    void IEventTarget.OnEvent(int what, TimeSpan now)
    {
        if (what == RequestArrives)
        {
            if (Current is not { } end) return;
            switch (World.Relay.Join(this, end))
            {
                case JoinOutcome.Joined joined:
                    _answer = (end, joined);
                    World.Events.Schedule(now + RequestTime, this, AnswerArrives);
                    break;
                case JoinOutcome.Refused refused:
                    World.Violations.Add($"{Name}: the join was refused: {refused.Reason}: {refused.Detail}");
                    break;
            }
        }
        else if (_answer is { } answer && answer.End == Current)
        {
            answer.End.Apply(answer.Joined);
        }
    }

    private TransportAddress NewAddress()
    {
        var address = TransportAddress.FromIPv4(++_host, (ushort)_random.Next(20_001, 65_000));
        World.Relay.Route(address, this);
        return address;
    }
}

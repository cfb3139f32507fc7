using AV1Relay.Sfu;
using AV1Relay.Tests.Simulation.Clock;
using AV1Relay.Tests.Simulation.Ends;
using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Network;
using AV1Relay.Tests.Simulation.Relay;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>A relay, its rooms, everybody in them, and the networks between: one run, which its seed decides.</summary>
internal sealed class World : IEventTarget, IDisposable
{
    private const int HealthCheck = -1;
    private const int MostPacketsUnderWay = 4_000;
    private const int MostEvents = 8_000;

    private static readonly TimeSpan HealthCheckInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>From a start to media both ways, in a network that isn't bad.</summary>
    private static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(1.5);

    private readonly List<Action> _actions = [];
    private readonly List<(TimeSpan From, TimeSpan Until)> _disturbances = [];
    private readonly List<Participant> _participants = [];
    private readonly RelayHealth _relayHealth;
    private bool _isEnding;

    public World(int seed, SfuOptions? options = null, double relayDriftPpm = 0)
    {
        Seed = seed;
        Violations = new Violations(() => Events.Now);
        Random = new Random(seed);
        Relay = new SimulatedRelay(this, Random.Next(), relayDriftPpm, options ?? new SfuOptions());
        _relayHealth = new RelayHealth(this);
        Events.Schedule(HealthCheckInterval, this, HealthCheck);
    }

    public int Seed { get; }

    public Random Random { get; }

    public EventQueue Events { get; } = new();

    public PacketPool Pool { get; } = new();

    public TraceHash Trace { get; } = new();

    public Violations Violations { get; }

    public PublishedStreams Published { get; } = new();

    public SimulatedRelay Relay { get; }

    public IReadOnlyList<Participant> Participants => _participants;

    /// <summary>Copies that a link made, and that were refused as they must be.</summary>
    public long ReplaysRefused { get; set; }

    /// <summary>Where links are so bad that a handshake may run into its deadline.</summary>
    public bool AllowsFailedHandshakes { get; set; }

    /// <summary>How late sound may be at rest: what the links' own jitter asks for.</summary>
    public TimeSpan SoundDelayAtRest { get; set; } = TimeSpan.FromMilliseconds(120);

    /// <summary>What packets wait where a way is used to the full: so much more jitter is no surprise.</summary>
    public TimeSpan QueueAtRest { get; set; }

    /// <summary>How long something may be missing at any time: each request for it takes one and a half round trips. To be set before anybody is added.</summary>
    public TimeSpan RepairPatience { get; set; } = TimeSpan.FromSeconds(2);

    public static string SessionOf(int room) => $"room-{room}";

    public Participant Add(PeerRole role, int room, double driftPpm = 0)
    {
        var participant = new Participant(this, role, room, _participants.Count, Random.Next(), driftPpm);
        _participants.Add(participant);
        return participant;
    }

    public IEnumerable<Participant> In(int room) => _participants.Where(participant => participant.Room == room);

    /// <summary>Somebody's program starts, which disturbs the room until it is connected.</summary>
    public void StartAt(TimeSpan at, Participant participant)
    {
        Disturb(at, at + StartTakes);
        At(at, participant.Start);
    }

    public void At(TimeSpan at, Action action)
    {
        _actions.Add(action);
        Events.Schedule(at, this, _actions.Count - 1);
    }

    /// <summary>In this time nothing is expected to work; soon after it everything is.</summary>
    public void Disturb(TimeSpan from, TimeSpan until) => _disturbances.Add((from, until));

    /// <summary>A bad time on links, after which they are as before.</summary>
    public void BadTime(TimeSpan from, TimeSpan until, LinkModel model, params Link[] links)
    {
        Disturb(from, until);
        At(from, () =>
        {
            Tell(from, $"links {string.Join(' ', links.Select(link => link.Number))} until {until.TotalSeconds:F3} s: {model}");
            foreach (var link in links)
            {
                var before = link.Model;
                link.Model = model;
                At(until, () => link.Model = before);
            }
        });
    }

    public bool IsDisturbed(TimeSpan now)
    {
        if (_isEnding) return true;
        foreach (var (from, until) in _disturbances)
        {
            if (now >= from && now < until + TimeSpan.FromSeconds(1)) return true; // what was under way arrives
        }

        return false;
    }

    /// <summary>End of the latest disturbance that has begun; the future when it still lasts.</summary>
    public TimeSpan DisturbedUntil(TimeSpan now)
    {
        var latest = TimeSpan.Zero;
        foreach (var (from, until) in _disturbances)
        {
            if (now >= from && until > latest) latest = until;
        }

        return latest;
    }

    /// <summary>What befell whom, for whoever reads a replay.</summary>
    public List<string> Story { get; } = [];

    public void Tell(TimeSpan at, string words) => Story.Add($"{at.TotalSeconds:F3} s: {words}");

    public void Complain(string words) => Violations.Add(words);

    public void Run(TimeSpan duration) => Events.RunUntil(Events.Now + duration);

    /// <summary>Everybody goes, each in another way; then nothing may be left, and every gap must have had a cause.</summary>
    public void Finish()
    {
        _isEnding = true;
        foreach (var participant in _participants)
        {
            participant.Up.Model = participant.Down.Model = LinkModel.Good;
            var ways = new Action[] { participant.Close, participant.Leave, participant.Crash };
            At(Events.Now + TimeSpan.FromMilliseconds(30 * participant.Number), ways[participant.Number % ways.Length]);
        }

        Run(TimeSpan.FromSeconds(100)); // whoever says nothing keeps its place for 90
        var now = Events.Now;
        Relay.CheckCounters();
        if (Relay.Core.PeerCount != 0) Violations.Add($"{Relay.Core.PeerCount} peers are left");
        if (Relay.Core.RoomCount != 0) Violations.Add($"{Relay.Core.RoomCount} rooms are left");
        if (Relay.Core.NextTimeout is { } timeout) Violations.Add($"the relay still waits for {timeout}");
        if (Relay.Quota.Sessions != 0) Violations.Add($"{Relay.Quota.Sessions} sessions are still counted");
        if (Pool.Outstanding != 0) Violations.Add($"{Pool.Outstanding} datagrams are still held");
        if (Events.Count != 0) Violations.Add($"{Events.Count} events are still to come");
        foreach (var participant in _participants)
        {
            foreach (var stream in participant.Subscribed) stream.CheckGaps();
        }
    }

    public void Dispose()
    {
        foreach (var participant in _participants) participant.Crash();
        Relay.Dispose();
    }

    void IEventTarget.OnEvent(int what, TimeSpan now)
    {
        if (what != HealthCheck)
        {
            _actions[what]();
            return;
        }

        if (_isEnding) return;
        Events.Schedule(now + HealthCheckInterval, this, HealthCheck);
        if (Events.Count > MostEvents) Violations.Add($"{Events.Count} events wait");
        if (Pool.Outstanding > MostPacketsUnderWay) Violations.Add($"{Pool.Outstanding} datagrams are under way");
        _relayHealth.Check(now);
        foreach (var participant in _participants) participant.Health.Check(now);
    }
}

using AV1Relay.Sfu;
using AV1Relay.Tests.Simulation.Ends;
using AV1Relay.Tests.Simulation.Invariants;
using AV1Relay.Tests.Simulation.Network;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>The matrix: each vice of a network by itself, then together, then the mishaps of programs.</summary>
internal static class Scenarios
{
    private const int MostPictureBps = 2_000_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly LinkModel Poor = LinkModel.Good with
    {
        Delay = TimeSpan.FromMilliseconds(40),
        Jitter = TimeSpan.FromMilliseconds(6),
        Loss = 0.01,
        BurstEvery = TimeSpan.FromSeconds(4),
        Duplication = 0.01,
        Reordering = 0.01,
    };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("a good network loses nothing", Minute, world => Calls(world, LinkModel.Good), Judgements.NothingWasLost),
        new("single losses are repaired", Minute, world => Calls(world, LinkModel.Good with { Loss = 0.03 }), Judgements.PicturesAreWhole),
        new("losses on a long way are repaired", Minute, world =>
        {
            world.RepairPatience = Seconds(5);
            Calls(world, LinkModel.Good with { Loss = 0.02, Delay = Milliseconds(120) });
        }),
        new("losses in bursts end with a picture", Minute, world => Calls(world, LinkModel.Good with { BurstEvery = Seconds(1.5), BurstLasts = Milliseconds(90) })),
        new("every copy is refused as a replay", Minute, world => Calls(world, LinkModel.Good with { Duplication = 0.1 }), Judgements.CopiesWereMade),
        new("copies far behind are refused too", Minute, world =>
        {
            world.SoundDelayAtRest = Milliseconds(450); // as late as some of it comes
            Calls(world, LinkModel.Good with { Duplication = 0.05, Reordering = 0.05, ReorderedBy = Milliseconds(400) });
        }),
        new("what is overtaken finds its place", Minute, world => Calls(world, LinkModel.Good with { Reordering = 0.05 }), Judgements.PicturesAreWhole),
        new("jitter delays sound no longer than it lasts", Minute, world =>
        {
            Calls(world, LinkModel.Good);
            world.BadTime(Seconds(15), Seconds(25), LinkModel.Good with { Jitter = Milliseconds(60) }, LinksOf(world));
        }),
        new("a narrow way loses what its queue can't hold", Minute, world =>
        {
            Calls(world, LinkModel.Good);
            world.BadTime(Seconds(15), Seconds(30), LinkModel.Good with { RateBps = 300_000, QueueBytes = 20_000 }, LinksOf(world));
        }),
        new("a short way with a deep queue comes back to its delay", Minute, world =>
        {
            Calls(world, LinkModel.Good);
            world.BadTime(Seconds(15), Seconds(30), LinkModel.Good with { RateBps = 350_000, QueueBytes = 200_000 }, LinksOf(world));
        }),
        new("everything at once", Minute, world => Calls(world, Poor), Judgements.CopiesWereMade) { RelayDriftPpm = -80 },
        new("after a bad time all is as before", Minute, world =>
        {
            Calls(world, LinkModel.Good);
            world.BadTime(Seconds(12), Seconds(24), Poor with { Loss = 0.25, BurstEvery = Seconds(0.5), Jitter = Milliseconds(40), Delay = Milliseconds(150) }, LinksOf(world));
        }),
        new("after a dead network of eight seconds all is as before", Minute, world =>
        {
            Calls(world, LinkModel.Good);
            world.BadTime(Seconds(15), Seconds(23), LinkModel.Dead, LinksOf(world));
        }),
        new("the picture fits a robot's way that narrows and widens", Minute, world =>
        {
            Pictures(world);
            NarrowsAndWidens(world, "the robot's way", world.Participants[0].Up);
        }),
        new("the picture fits a pupil's way that narrows and widens", Minute, world =>
        {
            Pictures(world);
            NarrowsAndWidens(world, "the pupil's way", world.Participants[1].Down);
        }),
        new("an observer's narrow way takes nothing from the pupil's picture", Minute, world =>
        {
            Pictures(world, observers: 1);
            var (pupil, observer) = (world.Participants[1], world.Participants[2]);
            world.BadTime(Seconds(20), Seconds(40), observer.Down.Model with { RateBps = 200_000, QueueBytes = 30_000 }, observer.Down);
            new WayWatch("the pupil's way beside an observer's narrow one", pupil.Down, MostPictureBps, 0.9, Milliseconds(50)) { Most = 1.2 }.Over(world, Seconds(22), Seconds(40));
        }),
        new("a robot's dead uplink is nobody else's trouble", Minute, world =>
        {
            Calls(world, LinkModel.Good);
            world.BadTime(Seconds(15), Seconds(19), LinkModel.Dead, world.Participants[0].Up);
        }),
        new("clocks that run apart keep sound in time", TimeSpan.FromMinutes(6), world => Drifting(world)) { RelayDriftPpm = 120 },
        new("numbers run over their end", TimeSpan.FromMinutes(4), world => NearTheirEnd(world, Poor)),
        // Wherever its numbers began, each subscriber's run over 2^16: 60 packets of picture and 50 of sound a second.
        new("subscribers' numbers run over their end", TimeSpan.FromMinutes(24), world =>
        {
            foreach (var role in new[] { PeerRole.Robot, PeerRole.Pupil }) Add(world, role, 1, Poor).FramesPerSecond = 30;
        }, Judgements.NumbersRanOver),
        new("another address, and nobody is told", Minute, world =>
        {
            Calls(world, LinkModel.Good with { Loss = 0.005 });
            // The next check shows the relay the way: within six seconds.
            foreach (var (participant, at) in AtTimes(world, Seconds(12), Seconds(9)))
            {
                world.Disturb(at, at + Seconds(6.5));
                world.At(at, participant.MoveSilently);
            }
        }),
        new("another address with an ICE restart", Minute, world =>
        {
            Calls(world, LinkModel.Good with { Loss = 0.005 });
            foreach (var (participant, at) in AtTimes(world, Seconds(12), Seconds(7)))
            {
                world.Disturb(at, at + Seconds(1));
                world.At(at, participant.MoveAndRestartIce);
            }
        }),
        new("a robot starts again", Minute, world =>
        {
            Calls(world, LinkModel.Good with { Loss = 0.01 });
            Restart(world, world.Participants[0], Seconds(15), Seconds(3), participant => participant.Crash());
            Restart(world, world.Participants[0], Seconds(35), Seconds(0.2), participant => participant.Close());
        }),
        new("a pupil's page is loaded again", Minute, world =>
        {
            Calls(world, LinkModel.Good with { Loss = 0.01 });
            foreach (var at in new[] { 12, 20, 28, 36 }) Restart(world, world.Participants[1], Seconds(at), Seconds(0.5), participant => participant.Close());
            Restart(world, world.Participants[1], Seconds(45), Seconds(1), participant => participant.Leave());
        }),
        new("observers come and go", Minute, world =>
        {
            Calls(world, Poor, observers: 3);
            foreach (var (participant, at) in AtTimes(world, Seconds(10), Seconds(4)).Where(one => one.Who.Role == PeerRole.Observer))
                Restart(world, participant, at, Seconds(1), who => who.Leave());
        }),
        new("the relay starts again", Minute, world =>
        {
            Calls(world, LinkModel.Good with { Loss = 0.01 });
            RestartRelay(world, Seconds(20));
            RestartRelay(world, Seconds(40));
        }),
        new("a lesson with every mishap", TimeSpan.FromMinutes(3), EveryMishap)
        {
            RelayDriftPpm = 60,
            Options = new SfuOptions { MaxObserversPerSession = 24 }, // who crashes keeps a place for a while, and each start is a new observer
        },
    ];

    public static Scenario Named(string name) => All.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw new ArgumentException($"There is no scenario \"{name}\". There are:\n{string.Join('\n', All.Select(scenario => scenario.Name))}");

    /// <summary>Two rooms on one shard, the first with observers, all links alike.</summary>
    private static void Calls(World world, LinkModel model, int rooms = 2, int observers = 1)
    {
        for (var room = 1; room <= rooms; room++)
        {
            Add(world, PeerRole.Robot, room, model);
            Add(world, PeerRole.Pupil, room, model);
            for (var i = 0; i < observers && room == 1; i++) Add(world, PeerRole.Observer, room, model);
        }
    }

    /// <summary>A robot that sends as large a picture as everybody's way carries.</summary>
    private static void Pictures(World world, int observers = 0)
    {
        var wide = LinkModel.Good with { RateBps = 8_000_000, QueueBytes = 200_000 };
        Calls(world, wide, rooms: 1, observers);
        world.Participants[0].PictureLimits = new(50_000, MostPictureBps / 2, MostPictureBps);
        world.Participants[0].FramesPerSecond = 30;
    }

    private static void NarrowsAndWidens(World world, string name, Link way)
    {
        const int narrowBps = 500_000;
        world.QueueAtRest = Milliseconds(100);
        world.SoundDelayAtRest = Milliseconds(350);
        var wide = way.Model;
        world.Disturb(Seconds(15), Seconds(17)); // until it has been noticed
        world.At(Seconds(15), () => way.Model = wide with { RateBps = narrowBps });
        new WayWatch($"{name}, narrow", way, narrowBps, 0.75, Milliseconds(200)).Over(world, Seconds(18), Seconds(35));
        world.At(Seconds(35), () => way.Model = wide);
        new WayWatch($"{name}, wide again", way, MostPictureBps, 0.85, Milliseconds(50)).Over(world, Seconds(48), Seconds(58));
    }

    private static Participant Add(World world, PeerRole role, int room, LinkModel model, double driftPpm = 0)
    {
        var participant = world.Add(role, room, driftPpm);
        participant.Up.Model = participant.Down.Model = model;
        participant.FramesPerSecond = world.Random.Next(15, 31);
        world.StartAt(Milliseconds(world.Random.Next(1_000)), participant);
        return participant;
    }

    private static void Drifting(World world)
    {
        foreach (var (room, drift) in new[] { (1, 300.0), (2, -300.0) })
        {
            Add(world, PeerRole.Robot, room, LinkModel.Good, drift);
            Add(world, PeerRole.Pupil, room, LinkModel.Good, -drift);
        }
    }

    /// <summary>Publishers begin just below 2^16 on a way that loses nothing yet: whoever misses such a first packet takes the rollover counter wrong.</summary>
    private static void NearTheirEnd(World world, LinkModel later)
    {
        var start = new NumbersStart(65_400, 65_200, uint.MaxValue - 300_000);
        foreach (var room in new[] { 1, 2 })
        {
            foreach (var role in new[] { PeerRole.Robot, PeerRole.Pupil, PeerRole.Observer })
            {
                var participant = Add(world, role, room, LinkModel.Good);
                participant.FirstNumbers = start;
                world.At(Seconds(2.5), () => participant.Up.Model = participant.Down.Model = later);
            }
        }
    }

    private static void EveryMishap(World world)
    {
        Calls(world, Poor, rooms: 3, observers: 2);
        var random = world.Random;
        var at = Seconds(10);
        while (at < Seconds(165))
        {
            var who = world.Participants[random.Next(world.Participants.Count)];
            var until = at + Seconds(1 + random.NextDouble() * 4);
            switch (random.Next(7))
            {
                case 0:
                    world.BadTime(at, until, Poor with { Loss = 0.3, Jitter = Milliseconds(40) }, who.Up, who.Down);
                    break;
                case 1:
                    world.BadTime(at, until, LinkModel.Dead, who.Up, who.Down);
                    break;
                case 2:
                    world.BadTime(at, until, Poor with { RateBps = 250_000 }, who.Up, who.Down);
                    break;
                case 3:
                    world.Disturb(at, at + Seconds(6.5));
                    world.At(at, who.MoveSilently);
                    until = at + Seconds(6.5);
                    break;
                case 4:
                    world.Disturb(at, at + Seconds(2));
                    world.At(at, who.MoveAndRestartIce);
                    break;
                case 5:
                    var ways = new Action<Participant>[] { one => one.Crash(), one => one.Close(), one => one.Leave() };
                    Restart(world, who, at, Seconds(0.2 + random.NextDouble() * 3), ways[random.Next(ways.Length)]);
                    break;
                default:
                    RestartRelay(world, at);
                    until = at + Seconds(4.5);
                    break;
            }

            at = until + Seconds(4 + random.NextDouble() * 4);
        }
    }

    private static void Restart(World world, Participant participant, TimeSpan at, TimeSpan pause, Action<Participant> end)
    {
        world.Disturb(at, at + pause);
        world.At(at, () => end(participant));
        world.StartAt(at + pause, participant);
    }

    /// <summary>Everybody notices by the control link, and asks for a place again soon.</summary>
    private static void RestartRelay(World world, TimeSpan at)
    {
        world.Disturb(at, at + Seconds(4.5)); // the last asks after two, and its first packets may be lost
        world.At(at, () =>
        {
            world.Relay.Restart();
            foreach (var participant in world.Participants)
            {
                world.At(at + Seconds(0.5 + world.Random.NextDouble() * 1.5), () =>
                {
                    participant.Crash();
                    participant.Start();
                });
            }
        });
    }

    private static IEnumerable<(Participant Who, TimeSpan At)> AtTimes(World world, TimeSpan first, TimeSpan apart)
        => world.Participants.Select((participant, index) => (participant, first + index * apart));

    private static Link[] LinksOf(World world) => [.. world.Participants.SelectMany(participant => new[] { participant.Up, participant.Down })];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

using AV1Relay.Sfu;
using AV1Relay.Tests.Simulation.Ends;
using AV1Relay.Tests.Simulation.Network;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>The matrix: each network's vice by itself, then together, then the mishaps of programs.</summary>
internal static partial class Scenarios
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("a good network loses nothing", Minute, world => Calls(world, LinkModel.Good)),
        new("single losses are repaired", Minute, world => Calls(world, LinkModel.Good with { Loss = 0.03 })),
    ];

    public static Scenario Named(string name) => All.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw new ArgumentException($"There is no scenario \"{name}\". There are:\n{string.Join('\n', All.Select(scenario => scenario.Name))}");

    /// <summary>Two rooms on one shard, one with an observer, all links alike.</summary>
    private static void Calls(World world, LinkModel model, int rooms = 2, int observers = 1)
    {
        for (var room = 1; room <= rooms; room++)
        {
            Start(world, PeerRole.Robot, room, model);
            Start(world, PeerRole.Pupil, room, model);
            for (var i = 0; i < observers && room == 1; i++) Start(world, PeerRole.Observer, room, model);
        }
    }

    private static Participant Start(World world, PeerRole role, int room, LinkModel model)
    {
        var participant = world.Add(role, room);
        participant.Up.Model = participant.Down.Model = model;
        participant.FramesPerSecond = world.Random.Next(15, 31);
        world.StartAt(TimeSpan.FromMilliseconds(world.Random.Next(1_000)), participant);
        return participant;
    }
}

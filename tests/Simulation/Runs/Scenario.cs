using AV1Relay.Sfu;

namespace AV1Relay.Tests.Simulation.Runs;

/// <summary>What a run shows, and how it is set up.</summary>
/// <param name="Name">A sentence: it is the test's name.</param>
/// <param name="Duration">Before everybody goes.</param>
/// <param name="SetUp">Adds rooms, networks and mishaps to a new world.</param>
/// <param name="Judge">What this scenario promises beyond what all do; called before everybody goes.</param>
internal sealed record Scenario(string Name, TimeSpan Duration, Action<World> SetUp, Action<World>? Judge = null)
{
    public SfuOptions? Options { get; init; }

    public double RelayDriftPpm { get; init; }

    /// <summary>Runs it to its end.</summary>
    public RunReport Run(int seed)
    {
        using var world = new World(seed, Options, RelayDriftPpm);
        SetUp(world);
        world.Run(Duration);
        Judge?.Invoke(world);
        world.Finish();
        return RunReport.Of(this, world);
    }

    public override string ToString() => Name;
}

using AV1Relay.Tests.Simulation.Runs;
using Xunit;

namespace AV1Relay.Tests.Simulation;

/// <summary>Every scenario with a fixed seed, and with one that is new each time.</summary>
public abstract class ScenarioTests
{
    private const int FixedSeed = 20_261_123;

    private static readonly int FreshSeed = Random.Shared.Next();

    public static TheoryData<string> Names() => [.. Scenarios.All.Select(scenario => scenario.Name)];

    private static void Run(string scenario, int seed)
    {
        var report = Scenarios.Named(scenario).Run(seed);
        TestContext.Current.TestOutputHelper?.WriteLine(report.Summary);
        Assert.True(report.ViolationCount == 0, report.Complaint);
    }

    public sealed class WithAFixedSeed
    {
        [Theory]
        [MemberData(nameof(Names), MemberType = typeof(ScenarioTests))]
        public void It_shows_that(string scenario) => Run(scenario, FixedSeed);
    }

    public sealed class WithAFreshSeed
    {
        [Theory]
        [MemberData(nameof(Names), MemberType = typeof(ScenarioTests))]
        public void It_shows_that(string scenario)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"Seed {FreshSeed}; to see this run again: replay \"{scenario}\" {FreshSeed}");
            Run(scenario, FreshSeed);
        }
    }
}

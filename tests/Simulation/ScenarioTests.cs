using AV1Relay.Tests.Simulation.Runs;
using Xunit;

namespace AV1Relay.Tests.Simulation;

/// <summary>Every scenario with a fixed seed.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Names() => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void With_a_fixed_seed(string scenario)
    {
        var report = Scenarios.Named(scenario).Run(seed: 20_261_123);
        Assert.True(report.ViolationCount == 0, report.Complaint);
    }
}

using AV1Relay.Tests.Simulation.Runs;
using Xunit;

namespace AV1Relay.Tests.Simulation;

/// <summary>Alone on the process, so that nobody else's CPU is counted.</summary>
[CollectionDefinition(nameof(ThroughputTests), DisableParallelization = true)]
[Collection(nameof(ThroughputTests))]
public sealed class ThroughputTests
{
    private const double LeastCallMinutesACpuMinute = 200;

    [Fact]
    public void A_CPU_minute_simulates_two_hundred_minutes_of_calls_at_300_kbps_with_real_SRTP()
    {
        Measurement.CallMinutesACpuMinute(1, out _, out _); // compiled

        var figure = Measurement.CallMinutesACpuMinute(5, out _, out var cpu);

        TestContext.Current.TestOutputHelper?.WriteLine($"{figure:F0} call-minutes a CPU minute ({cpu.TotalSeconds:F2} s)");
        Assert.True(figure >= LeastCallMinutesACpuMinute, $"{figure:F0} call-minutes a CPU minute");
    }
}

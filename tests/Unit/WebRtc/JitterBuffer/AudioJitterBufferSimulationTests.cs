using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.JitterBuffer;

public sealed class AudioJitterBufferSimulationTests
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_quiet_network_settles_at_the_shortest_delay_and_bridges_nothing()
    {
        var call = new SimulatedCall(seed: 1);

        call.Run(OneMinute);

        Assert.InRange(call.LatencyPercentile(1, from: 5_000), 20, 20 + 45);
        Assert.Equal(0, call.Buffer.Statistics.Concealed);
        Assert.InRange(call.Buffer.Statistics.Inserted + call.Buffer.Statistics.Dropped, 0, 2);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    public void Clocks_that_drift_apart_for_ten_minutes_never_add_delay(double ppm)
    {
        var call = new SimulatedCall(seed: 2) { DriftPpm = ppm, Delay = (random, _) => 20 + random.NextDouble() * 10 };

        call.Run(TenMinutes);

        // 120 ms in ten minutes: six packets left out, or six pieces put in.
        Assert.InRange(call.LatencyPercentile(1, from: 5_000), 20, 20 + 75);
        var statistics = call.Buffer.Statistics;
        Assert.InRange(ppm > 0 ? statistics.Dropped : statistics.Inserted + statistics.Concealed, 4, 12);
        Assert.InRange(call.Bridged, 0, 15);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(120)]
    public void The_delay_follows_the_jitter_and_nearly_all_packets_come_in_time(double jitterMilliseconds)
    {
        var call = new SimulatedCall(seed: 3) { Delay = (random, _) => 20 + random.NextDouble() * jitterMilliseconds };

        call.Run(TenMinutes);

        Assert.InRange(call.LatencyPercentile(0.5, from: 10_000), 20, 20 + jitterMilliseconds + 45);
        Assert.InRange(call.LatencyPercentile(1, from: 10_000), 20, 20 + jitterMilliseconds + 70);
        Assert.InRange((double)call.Bridged / call.Pulled, 0, 0.03);
    }

    [Fact]
    public void Loss_is_bridged_and_mostly_recoverable_and_the_delay_stays()
    {
        var call = new SimulatedCall(seed: 4) { Loss = 0.05, Delay = (random, _) => 30 + random.NextDouble() * 20 };

        call.Run(TenMinutes);

        var statistics = call.Buffer.Statistics;
        Assert.InRange((double)call.Bridged / call.Pulled, 0.03, 0.08);
        Assert.InRange((double)statistics.Recoverable / statistics.Concealed, 0.7, 1);
        Assert.InRange(call.LatencyPercentile(1, from: 10_000), 30, 30 + 20 + 70);
    }

    [Fact]
    public void Bursts_of_delay_pass_without_leaving_delay_behind()
    {
        // Every ten seconds the radio holds everything back for 300 ms, then lets it go at once.
        var call = new SimulatedCall(seed: 5) { Delay = (_, now) => 20 + (now % 10_000 > 9_700 ? 10_000 - now % 10_000 : 0) };

        call.Run(TenMinutes);

        for (var second = 20; second < 590; second += 10)
        {
            Assert.InRange(call.LatencyPercentile(1, (second + 4) * 1_000, (second + 9) * 1_000), 20, 20 + 100);
        }
    }

    [Fact]
    public void Jitter_is_forgotten_within_ten_seconds_also_where_packets_always_come_in_pairs()
    {
        var call = new SimulatedCall(seed: 11)
        {
            Delay = (random, now) => now < 20_000 ? 20 + random.NextDouble() * 200 : (int)(now / 20) % 2 == 0 ? 40 : 20,
        };

        call.Run(OneMinute);

        Assert.InRange(call.LatencyPercentile(1, from: 32_500), 20, 20 + 20 + 70);
    }

    [Fact]
    public void After_a_stall_of_three_seconds_the_voice_is_live_again_at_once()
    {
        var call = new SimulatedCall(seed: 6) { Delay = (_, now) => 20 + (now is > 20_000 and < 23_000 ? 23_000 - now : 0) };

        call.Run(OneMinute);

        Assert.InRange(call.LatencyPercentile(1, 24_000), 20, 20 + 100);
        Assert.InRange(call.LatencyPercentile(1, 10_000, 20_000), 20, 20 + 45);
    }

    [Fact]
    public void A_player_that_pauses_does_not_fall_behind()
    {
        var call = new SimulatedCall(seed: 7) { IsPlayerRunning = now => now is < 20_000 or > 25_000 };

        call.Run(OneMinute);

        Assert.InRange(call.LatencyPercentile(1, 25_000), 20, 20 + 100);
    }

    [Fact]
    public void A_player_whose_clock_runs_slow_by_a_percent_does_not_fall_behind()
    {
        var call = new SimulatedCall(seed: 8) { DriftPpm = 10_000 };

        call.Run(TenMinutes);

        Assert.InRange(call.LatencyPercentile(1, 5_000), 0, 20 + 150); // without a bound it would be six seconds
    }

    [Theory]
    [InlineData(150)]
    [InlineData(-15)]
    public void A_change_of_route_is_followed(double stepMilliseconds)
    {
        var call = new SimulatedCall(seed: 9) { Delay = (random, now) => (now > 30_000 ? 20 + stepMilliseconds : 20) + random.NextDouble() * 5 };

        call.Run(OneMinute);

        Assert.InRange(call.LatencyPercentile(1, 45_000), 20 + stepMilliseconds, 20 + stepMilliseconds + 70);
        Assert.InRange(call.Bridged, 0, 25);
    }

    [Fact]
    public void Everything_at_once_stays_within_bounds()
    {
        for (var seed = 10; seed < 20; seed++)
        {
            var call = new SimulatedCall(seed)
            {
                DriftPpm = seed % 2 == 0 ? 200 : -200,
                Loss = 0.1,
                Delay = (random, now) => 20 + random.NextDouble() * 30 + (random.Next(100) == 0 ? random.Next(300) : 0)
                    + (now % 60_000 > 58_000 ? (60_000 - now % 60_000) * 0.9 : 0),
            };

            call.Run(TimeSpan.FromMinutes(3));

            Assert.InRange(call.LatencyPercentile(0.5), 20, 20 + 80);
            Assert.InRange(call.LatencyPercentile(0.95), 20, 20 + 120);
            Assert.InRange(call.Buffer.TargetDelay.TotalMilliseconds, 20, 400);
        }
    }
}

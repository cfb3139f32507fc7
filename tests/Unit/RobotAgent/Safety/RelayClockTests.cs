using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class RelayClockTests
{
    private const long AheadMs = 987_654;

    [Fact]
    public void Before_the_first_hello_nothing_is_known() => Assert.Null(new RelayClock().ReadsMs(TimeSpan.Zero));

    [Fact]
    public void The_pong_with_the_shortest_way_decides()
    {
        var clock = new RelayClock();
        clock.OnHello(AheadMs, TimeSpan.Zero);
        Ping(clock, sentMs: 1000, thereMs: 5, backMs: 195);
        Ping(clock, sentMs: 3000, thereMs: 2, backMs: 2);
        Ping(clock, sentMs: 5000, thereMs: 300, backMs: 5);

        Assert.Equal(AheadMs + 6000, clock.ReadsMs(TimeSpan.FromSeconds(6))!.Value, tolerance: 0.6);
        Assert.Equal(TimeSpan.FromMilliseconds(4), clock.RoundTrip);
    }

    [Fact]
    public void A_jittery_lopsided_way_leaves_an_error_below_half_its_shortest_round_trip()
    {
        var random = new Random(7);
        var clock = new RelayClock();
        clock.OnHello(AheadMs + 40, TimeSpan.Zero);
        for (var i = 0; i < 60; i++)
        {
            Ping(clock, 2000L * i, 20 + random.Next(80), 5 + random.Next(200));
            if (i >= 16) Assert.InRange(clock.ReadsMs(TimeSpan.FromSeconds(2 * i))!.Value - AheadMs - (2000 * i), -35, 35);
        }
    }

    [Fact]
    public void Quartz_that_drifts_is_followed()
    {
        var clock = new RelayClock();
        clock.OnHello(0, TimeSpan.Zero);
        var error = 0.0;
        for (var sentMs = 0L; sentMs < 3_600_000; sentMs += 2000)
        {
            var relayMs = (long)((sentMs + 3) * 1.0001); // 100 ppm fast
            clock.OnPong(sentMs, relayMs, TimeSpan.FromMilliseconds(sentMs + 6));
            error = clock.ReadsMs(TimeSpan.FromMilliseconds(sentMs + 6))!.Value - (relayMs + 3);
        }

        Assert.InRange(error, -5, 5);
    }

    [Fact]
    public void Nonsense_is_not_a_pong()
    {
        var clock = new RelayClock();
        clock.OnHello(AheadMs, TimeSpan.Zero);

        clock.OnPong(long.MinValue, 0, TimeSpan.FromSeconds(1));
        clock.OnPong(long.MaxValue, 0, TimeSpan.FromSeconds(1));
        clock.OnPong(5000, 0, TimeSpan.FromSeconds(1));

        Assert.Equal(AheadMs + 1000, clock.ReadsMs(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_relay_that_started_anew_is_told_from_one_that_went_on()
    {
        var clock = new RelayClock();
        Assert.False(clock.OnHello(500_000, TimeSpan.FromSeconds(1)));
        Assert.True(clock.OnHello(510_020, TimeSpan.FromSeconds(11)));
        Assert.False(clock.OnHello(3_000, TimeSpan.FromSeconds(20)));
    }

    private static void Ping(RelayClock clock, long sentMs, long thereMs, long backMs) =>
        clock.OnPong(sentMs, sentMs + thereMs + AheadMs, TimeSpan.FromMilliseconds(sentMs + thereMs + backMs));
}

using AV1Relay.RobotAgent.Link;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Link;

public sealed class ReconnectBackoffTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void For_a_minute_no_pause_is_longer_than_a_second(int seed)
    {
        var backoff = new ReconnectBackoff(new Random(seed));
        var now = TimeSpan.Zero;
        while (now < TimeSpan.FromMinutes(1))
        {
            var pause = backoff.OnFailed(now);
            Assert.InRange(pause, TimeSpan.FromSeconds(0.125), TimeSpan.FromSeconds(1));
            now += pause;
        }
    }

    [Fact]
    public void A_relay_that_stays_away_is_asked_every_five_seconds_at_most()
    {
        var backoff = new ReconnectBackoff(new Random(4));
        var now = TimeSpan.Zero;
        var pause = TimeSpan.Zero;
        for (var i = 0; i < 200; i++) now += pause = backoff.OnFailed(now);

        Assert.InRange(pause, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_connection_begins_it_anew()
    {
        var backoff = new ReconnectBackoff(new Random(5));
        for (var i = 0; i < 100; i++) backoff.OnFailed(TimeSpan.FromMinutes(i));

        backoff.OnConnected();

        Assert.InRange(backoff.OnFailed(TimeSpan.FromHours(9)), TimeSpan.Zero, TimeSpan.FromSeconds(0.25));
    }

    [Fact]
    public void Two_robots_do_not_come_in_step()
    {
        var (first, second) = (new ReconnectBackoff(new Random(6)), new ReconnectBackoff(new Random(7)));

        Assert.NotEqual(first.OnFailed(TimeSpan.Zero), second.OnFailed(TimeSpan.Zero));
    }
}

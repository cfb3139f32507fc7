using AV1Relay.Hardware.Head;
using AV1Relay.RobotAgent.Body;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Body;

public sealed class StallWatchTests
{
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(20);
    private readonly StallWatch _watch = new();
    private TimeSpan _now = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_head_that_stands_while_it_is_led_away_is_blocked_after_a_moment()
    {
        Read(new(0, 0), new(0, 0));
        var readings = 0;
        while (!Read(new(20, 0), new(0.4, 0))) readings++;

        Assert.InRange(readings * Reading, StallWatch.StandsFor - (2 * Reading), StallWatch.StandsFor + Reading);
    }

    [Fact]
    public void A_slow_head_is_not_blocked()
    {
        for (var i = 0; i < 100; i++) Assert.False(Read(new(100, 0), new(i * 0.2, 0)));
    }

    [Fact]
    public void A_head_that_lags_a_little_is_not_blocked()
    {
        for (var i = 0; i < 100; i++) Assert.False(Read(new(StallWatch.Lag - 0.1, 0), new(0, 0)));
    }

    [Fact]
    public void Either_axis_counts()
    {
        for (var i = 0; i < 15; i++) Read(new(0, 25), new(0, 0));

        Assert.True(Read(new(0, 25), new(0, 0)));
    }

    private bool Read(HeadPose led, HeadPose measured) => _watch.OnReading(led, measured, _now += Reading);
}

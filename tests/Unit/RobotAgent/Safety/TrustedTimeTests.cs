using AV1Relay.Protos.V1;
using AV1Relay.RobotAgent.Safety;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Safety;

public sealed class TrustedTimeTests
{
    private static readonly DateTimeOffset Seen = SafetyFixture.Morning;

    [Fact]
    public void What_the_relay_told_goes_on_at_the_robots_own_pace()
    {
        var time = new TrustedTime(Seen);
        Assert.Null(time.At(TimeSpan.FromHours(1)));

        time.OnHello(Seen.AddHours(2).ToUnixTimeMilliseconds(), TimeSpan.FromSeconds(30));

        Assert.Equal(Seen.AddHours(2).AddMinutes(5), time.At(TimeSpan.FromSeconds(330)));
        Assert.Null(time.Problem);
    }

    [Theory]
    [InlineData(long.MinValue, "clock is wrong")]
    [InlineData(-1, "clock is wrong")]
    [InlineData(0, "already seen")]
    [InlineData(7_258_118_400_001, "clock is wrong")] // one millisecond into 2200
    [InlineData(253_402_300_799_000, "clock is wrong")] // the last second of the calendar
    [InlineData(long.MaxValue, "clock is wrong")]
    public void A_clock_that_is_wrong_is_no_time(long unixMs, string words)
    {
        var time = new TrustedTime(Seen);
        time.OnHello(Seen.ToUnixTimeMilliseconds(), TimeSpan.Zero);

        time.OnHello(unixMs, TimeSpan.Zero);

        Assert.Null(time.At(TimeSpan.FromDays(1000)));
        Assert.Contains(words, time.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-3_600_000)]
    [InlineData(3_600_000)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void No_pong_moves_a_window(long relayClockJumpsByMs)
    {
        var robot = SafetyFixture.Live();
        var before = robot.Safety.Time.At(robot.Now);

        robot.Safety.Clock.OnPong((long)robot.Now.TotalMilliseconds, relayClockJumpsByMs is long.MinValue or long.MaxValue ? relayClockJumpsByMs : robot.RelayNowMs + relayClockJumpsByMs, robot.Now);

        Assert.Equal(before, robot.Safety.Time.At(robot.Now));
        robot.WaitLit(60 * 46);
        Assert.False(robot.Safety.IsActive(robot.Now)); // its window is over, whatever the relay's clock says
    }

    [Fact]
    public void A_relay_from_the_end_of_the_calendar_stops_nothing_but_its_own_sessions()
    {
        var robot = new SafetyFixture();
        robot.Safety.OnLinkUp(new RelayHello { RelayNowMs = long.MaxValue, RelayUnixMs = long.MaxValue }, robot.Now);
        robot.Grant(1);
        robot.Wait(TimeSpan.FromDays(1));

        Assert.False(robot.Safety.IsActive(robot.Now));
        Assert.NotNull(robot.Safety.Time.Problem);
    }
}

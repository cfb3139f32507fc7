using AV1Relay.Domain.Robots;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Robots;

/// <summary>What is to be done about a robot: one thing, the first that keeps it from being counted on.</summary>
public sealed class RobotAdviceTests
{
    private static readonly RobotCondition Well = new(null, IsOnline: true, Fault: null, IsPrivacySwitchOff: false, BatteryPercent: 80, HasNextSession: false);

    [Fact]
    public void One_that_is_well_asks_for_nothing() => Assert.Equal((RobotStanding.Well, "Nothing to do."), Said(Well));

    [Fact]
    public void One_that_is_out_of_service_says_why_whatever_else_is_the_matter()
    {
        var advice = RobotAdvice.For(Well with { OutOfServiceBecause = "the head does not turn", IsOnline = false });

        Assert.Equal((RobotStanding.OutOfService, "Out of service: the head does not turn"), (advice.Standing, advice.Reason));
    }

    [Fact]
    public void One_that_is_out_of_service_and_booked_needs_another_in_its_place() =>
        Assert.Contains("another one", RobotAdvice.For(Well with { OutOfServiceBecause = "lost", HasNextSession = true }).NextStep, StringComparison.Ordinal);

    [Fact]
    public void Of_one_that_is_away_nothing_else_is_known() =>
        Assert.Contains("not connected", RobotAdvice.For(Well with { IsOnline = false, BatteryPercent = 3 }).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_fault_is_told_in_the_robots_own_words() =>
        Assert.Equal("The light ring has not answered.", RobotAdvice.For(Well with { Fault = "The light ring has not answered.", BatteryPercent = 3 }).Reason);

    [Fact]
    public void A_privacy_switch_that_was_left_on_is_named() =>
        Assert.Equal(RobotStanding.NotWell, RobotAdvice.For(Well with { IsPrivacySwitchOff = true }).Standing);

    [Theory]
    [InlineData(25.0, RobotStanding.Well)]
    [InlineData(24.9, RobotStanding.NotWell)]
    public void A_battery_is_low_below_a_quarter(double percent, RobotStanding standing) =>
        Assert.Equal(standing, RobotAdvice.For(Well with { BatteryPercent = percent }).Standing);

    [Fact]
    public void One_without_a_gauge_is_looked_at_by_hand()
    {
        var advice = RobotAdvice.For(Well with { BatteryPercent = null });

        Assert.Equal(RobotStanding.Well, advice.Standing);
        Assert.Contains("Look at its charge", advice.NextStep, StringComparison.Ordinal);
    }

    private static (RobotStanding Standing, string NextStep) Said(RobotCondition robot) => (RobotAdvice.For(robot).Standing, RobotAdvice.For(robot).NextStep);
}

using AV1Relay.Hardware;
using AV1Relay.Hardware.Power;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Power;

public sealed class SimulatedBatteryTests
{
    [Fact]
    public async Task A_battery_empties_in_use_and_fills_on_the_charger()
    {
        var time = new FakeTimeProvider();
        var battery = new SimulatedBattery(time, percent: 80);
        time.Advance(TimeSpan.FromHours(1));
        var used = await battery.ReadAsync(CancellationToken.None);
        battery.IsCharging = true;
        time.Advance(TimeSpan.FromHours(4));
        var full = await battery.ReadAsync(CancellationToken.None);

        Assert.Equal(60, used.Percent, tolerance: 0.01);
        Assert.Equal(100, full.Percent);
        Assert.True(full.Volts > used.Volts);
        Assert.False(full.IsCharging); // full: no current any more
    }

    [Fact]
    public async Task A_broken_gauge_says_what_to_check()
    {
        var battery = new SimulatedBattery(new FakeTimeProvider()) { IsBroken = true };
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await battery.ReadAsync(CancellationToken.None));
        Assert.Contains("I2C", problem.Message, StringComparison.Ordinal);
    }
}

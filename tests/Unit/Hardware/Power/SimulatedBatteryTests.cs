using AV1Relay.Hardware.Power;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Power;

public sealed class SimulatedBatteryTests : BatteryContract
{
    private readonly FakeTimeProvider _time = new();

    private protected override IBattery Create() => new SimulatedBattery(_time, percent: 50);

    private protected override void Charge(IBattery battery) => ((SimulatedBattery)battery).IsCharging = true;

    private protected override void SetBroken(IBattery battery, bool isBroken) => ((SimulatedBattery)battery).IsBroken = isBroken;

    [Fact]
    public async Task A_battery_empties_in_use_and_fills_on_the_charger()
    {
        var battery = new SimulatedBattery(_time, percent: 80);
        _time.Advance(TimeSpan.FromHours(1));
        var used = await battery.ReadAsync(CancellationToken.None);
        battery.IsCharging = true;
        _time.Advance(TimeSpan.FromHours(4));
        var full = await battery.ReadAsync(CancellationToken.None);

        Assert.Equal(60, used.Percent, tolerance: 0.01);
        Assert.Equal(100, full.Percent);
        Assert.True(full.Volts > used.Volts);
        Assert.False(full.IsCharging); // full: no current any more
    }
}

using AV1Relay.Hardware;
using AV1Relay.Hardware.Power;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Power;

/// <summary>What every battery gauge keeps to.</summary>
public abstract class BatteryContract
{
    /// <summary>Half full, in use.</summary>
    private protected abstract IBattery Create();

    private protected abstract void Charge(IBattery battery);

    private protected abstract void SetBroken(IBattery battery, bool isBroken);

    [Fact]
    public async Task It_reads_percent_volts_and_that_nothing_charges_it()
    {
        var reading = await Create().ReadAsync(CancellationToken.None);
        Assert.InRange(reading.Percent, 30, 70);
        Assert.InRange(reading.Volts, 3, 9);
        Assert.False(reading.IsCharging);
    }

    [Fact]
    public async Task It_tells_when_it_is_charged()
    {
        var battery = Create();
        Charge(battery);
        Assert.True((await battery.ReadAsync(CancellationToken.None)).IsCharging);
    }

    [Fact]
    public async Task A_broken_gauge_says_what_to_check_and_works_again_once_mended()
    {
        var battery = Create();
        SetBroken(battery, true);
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await battery.ReadAsync(CancellationToken.None));
        Assert.Contains("battery gauge", problem.Message, StringComparison.Ordinal);
        SetBroken(battery, false);
        Assert.InRange((await battery.ReadAsync(CancellationToken.None)).Percent, 30, 70);
    }
}

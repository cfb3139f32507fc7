using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Power;
using AV1Relay.Hardware.Power;
using AV1Relay.Tests.Unit.Hardware.Linux.I2c;
using AV1Relay.Tests.Unit.Hardware.Power;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Power;

public sealed class Ina219Tests : BatteryContract, IDisposable
{
    private readonly FakeIna219 _chip = new();
    private readonly FakeI2cBus _bus;

    public Ina219Tests() => _bus = new(Ina219.UsualAddress, _chip);

    public void Dispose() => _bus.Dispose();

    private protected override IBattery Create() => new Ina219(_bus, new BatteryPack());

    private protected override void Charge(IBattery battery) => _chip.Amperes = -0.8;

    private protected override void SetBroken(IBattery battery, bool isBroken) => _bus.IsSilent = isBroken;

    [Fact]
    public async Task The_bus_voltage_is_read_without_its_flags()
    {
        _chip.Volts = 7.404;
        Assert.Equal(7.404, (await Create().ReadAsync(CancellationToken.None)).Volts, tolerance: 1e-9);
    }

    [Fact]
    public async Task It_is_set_to_average_at_first_and_after_it_was_without_power()
    {
        var battery = Create();
        await battery.ReadAsync(CancellationToken.None);
        Assert.Equal(0x3FFF, _chip.Configuration);
        _chip.LosePower();
        await battery.ReadAsync(CancellationToken.None);
        Assert.Equal(0x3FFF, _chip.Configuration);
    }

    [Fact]
    public async Task A_load_that_pulls_the_voltage_down_does_not_empty_the_battery()
    {
        var battery = Create();
        (_chip.Volts, _chip.Amperes) = (7.6, 0);
        var atRest = await battery.ReadAsync(CancellationToken.None);
        (_chip.Volts, _chip.Amperes) = (7.6 - (2 * 0.12), 2);
        var loaded = await battery.ReadAsync(CancellationToken.None);
        Assert.Equal(42, atRest.Percent, tolerance: 0.5);
        Assert.Equal(atRest.Percent, loaded.Percent, tolerance: 0.5);
    }

    [Theory]
    [InlineData(6.2, 0)]
    [InlineData(7.4, 15)]
    [InlineData(8.1, 85)]
    [InlineData(8.4, 100)]
    public void What_is_left_follows_a_resting_cells_curve(double volts, double percent) =>
        Assert.Equal(percent, new BatteryPack(Cells: 2).PercentAt(volts, 0), tolerance: 0.01);

    [Fact]
    public async Task A_pack_of_another_kind_is_named_rather_than_believed()
    {
        _chip.Volts = 12.1;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await Create().ReadAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Noisy, problem.Fault);
        Assert.Contains("number of cells", problem.Message, StringComparison.Ordinal);
    }
}

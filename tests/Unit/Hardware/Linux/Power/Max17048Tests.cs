using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.Power;
using AV1Relay.Hardware.Power;
using AV1Relay.Tests.Unit.Hardware.Linux.I2c;
using AV1Relay.Tests.Unit.Hardware.Power;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Power;

public sealed class Max17048Tests : BatteryContract, IDisposable
{
    private readonly FakeMax17048 _chip = new() { StateOfCharge = 0x3280, ChargeRate = -40 };
    private readonly FakeI2cBus _bus;

    public Max17048Tests() => _bus = new(Max17048.UsualAddress, _chip);

    public void Dispose() => _bus.Dispose();

    private protected override IBattery Create() => new Max17048(_bus);

    private protected override void Charge(IBattery battery) => _chip.ChargeRate = 120;

    private protected override void SetBroken(IBattery battery, bool isBroken) => _bus.IsSilent = isBroken;

    [Fact]
    public async Task Words_are_read_high_byte_first_in_the_datasheets_units()
    {
        (_chip.CellVoltage, _chip.StateOfCharge) = (0xB9F0, 0x57C0);
        var reading = await Create().ReadAsync(CancellationToken.None);
        Assert.Equal(3.7188, reading.Volts, tolerance: 0.0001); // 47,600 × 78.125 µV
        Assert.Equal(87.75, reading.Percent);
    }

    [Fact]
    public async Task More_than_full_is_full()
    {
        _chip.StateOfCharge = 0x6580; // the model may say 101.5 %
        Assert.Equal(100, (await Create().ReadAsync(CancellationToken.None)).Percent);
    }

    [Fact]
    public async Task A_trickle_is_no_charging()
    {
        _chip.ChargeRate = 4; // 0.8 % an hour
        Assert.False((await Create().ReadAsync(CancellationToken.None)).IsCharging);
    }

    [Fact]
    public async Task A_bus_that_floats_is_named_rather_than_believed()
    {
        _bus.IsNoisy = true;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await Create().ReadAsync(CancellationToken.None));
        Assert.Equal(HardwareFault.Noisy, problem.Fault);
        Assert.Contains("5.12 V", problem.Message, StringComparison.Ordinal);
    }
}

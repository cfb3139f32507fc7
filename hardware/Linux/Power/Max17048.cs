using System.Buffers.Binary;
using AV1Relay.Hardware.Linux.I2c;
using AV1Relay.Hardware.Power;

namespace AV1Relay.Hardware.Linux.Power;

/// <summary>The MAX17048 gauge of one lithium cell: it models the cell and needs no shunt.</summary>
/// <remarks>Registers are words, high byte first (datasheet, "Register Summary").</remarks>
public sealed class Max17048 : IBattery, IDisposable
{
    public const int UsualAddress = 0x36;

    private const byte CellVoltage = 0x02;
    private const byte StateOfCharge = 0x04;
    private const byte ChargeRate = 0x16;
    private const double VoltUnit = 78.125e-6;
    private const double PercentUnit = 1.0 / 256;
    private const double RateUnit = 0.208; // percent an hour
    private const double ChargingRate = 1; // below it is the rate's own noise
    private const double LeastVolts = 2;
    private const double MostVolts = 5;

    private readonly II2cBus _bus;
    private readonly int _address;

    internal Max17048(II2cBus bus, int address = UsualAddress) => (_bus, _address) = (bus, address);

    /// <param name="bus">The number of <c>/dev/i2c-1</c>.</param>
    /// <param name="address">Always <see cref="UsualAddress"/> unless something translates it.</param>
    public static Max17048 OnI2c(int bus, int address = UsualAddress) => new(new LinuxI2cBus(bus), address);

    public void Dispose() => _bus.Dispose();

    public ValueTask<BatteryReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var volts = Read(CellVoltage) * VoltUnit;
        if (volts is < LeastVolts or > MostVolts)
            throw new HardwareException(HardwareFault.Noisy, FormattableString.Invariant($"The battery gauge reads {volts:0.00} V, which no cell has: check its I2C cable, and that the cell is connected."));
        var percent = Math.Clamp(Read(StateOfCharge) * PercentUnit, 0, 100);
        return ValueTask.FromResult(new BatteryReading(percent, volts, (short)Read(ChargeRate) * RateUnit >= ChargingRate));
    }

    private ushort Read(byte register)
    {
        Span<byte> word = stackalloc byte[2];
        try
        {
            _bus.Read(_address, register, word);
        }
        catch (HardwareException problem)
        {
            throw new HardwareException(problem.Fault, $"The battery gauge (MAX17048) does not answer. {problem.Message}", problem);
        }

        return BinaryPrimitives.ReadUInt16BigEndian(word);
    }
}

using System.Buffers.Binary;
using AV1Relay.Hardware.Linux.I2c;
using AV1Relay.Hardware.Power;

namespace AV1Relay.Hardware.Linux.Power;

/// <summary>An INA219 between the pack and the robot: it measures voltage and current; what is left is worked out from them.</summary>
/// <remarks>Registers are words, high byte first. The current comes from the shunt's own voltage: the chip's calibration register forgets
/// itself in a brown-out, and says zero from then on.</remarks>
public sealed class Ina219 : IBattery, IDisposable
{
    /// <summary>A0 strapped to the supply: 0x40 is the PCA9685's.</summary>
    public const int UsualAddress = 0x41;

    private const byte Configuration = 0x00;
    private const byte ShuntVoltage = 0x01;
    private const byte BusVoltage = 0x02;

    /// <summary>32 V, ±320 mV, the mean of 128 samples of both, continuously: motors make the voltage dance.</summary>
    private const ushort Wanted = 0x3FFF;

    private const double ShuntVoltUnit = 10e-6;
    private const double BusVoltUnit = 4e-3;
    private const double ChargingAmperes = 0.05;
    private const double LeastVoltsACell = 2;
    private const double MostVoltsACell = 4.6;

    private readonly II2cBus _bus;
    private readonly BatteryPack _pack;
    private readonly int _address;

    internal Ina219(II2cBus bus, BatteryPack pack, int address = UsualAddress)
    {
        if (pack is not { Cells: > 0, ShuntOhms: > 0, PackOhms: >= 0 })
            throw new ArgumentException("A battery pack has one cell or more, a shunt over 0 ohms, and 0 ohms or more of its own.");
        (_bus, _pack, _address) = (bus, pack, address);
    }

    /// <param name="bus">The number of <c>/dev/i2c-1</c>.</param>
    /// <param name="pack">What it measures.</param>
    /// <param name="address">As strapped.</param>
    /// <exception cref="ArgumentException">There is no such pack; the message says what to do.</exception>
    public static Ina219 OnI2c(int bus, BatteryPack pack, int address = UsualAddress) => new(new LinuxI2cBus(bus), pack, address);

    public void Dispose() => _bus.Dispose();

    public ValueTask<BatteryReading> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Read(Configuration) != Wanted) Write(Configuration, Wanted); // after power-on and after a brown-out
        var volts = (Read(BusVoltage) >> 3) * BusVoltUnit;
        if (volts < LeastVoltsACell * _pack.Cells || volts > MostVoltsACell * _pack.Cells)
            throw new HardwareException(HardwareFault.Noisy, FormattableString.Invariant($"The battery gauge reads {volts:0.00} V, which no pack of {_pack.Cells} cells has: check its I2C cable, its place in the battery's lead, and the number of cells in the body's file."));
        var drawn = (short)Read(ShuntVoltage) * ShuntVoltUnit / _pack.ShuntOhms;
        return ValueTask.FromResult(new BatteryReading(_pack.PercentAt(volts, drawn), volts, drawn <= -ChargingAmperes));
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
            throw Silent(problem);
        }

        return BinaryPrimitives.ReadUInt16BigEndian(word);
    }

    private void Write(byte register, ushort value)
    {
        Span<byte> word = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(word, value);
        try
        {
            _bus.Write(_address, register, word);
        }
        catch (HardwareException problem)
        {
            throw Silent(problem);
        }
    }

    private static HardwareException Silent(HardwareException problem) =>
        new(problem.Fault, $"The battery gauge (INA219) does not answer. {problem.Message}", problem);
}

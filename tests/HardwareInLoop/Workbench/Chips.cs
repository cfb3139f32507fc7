using System.Buffers.Binary;
using AV1Relay.Hardware.Linux.I2c;

namespace AV1Relay.Tests.Workbench;

/// <summary>The registers of the chips on I2C (the kernel's i2c-stub), set and read as by a second master.</summary>
internal sealed class Chips : IDisposable
{
    private const int Gauge = 0x36;
    private const int CurrentGauge = 0x41;
    private const int ServoBoard = 0x40;

    private readonly LinuxI2cBus _bus = new(0);

    /// <summary>What a MAX17048 says of one cell: state of charge in 1/256 %, voltage in 78.125 µV (datasheet, table 2).</summary>
    public void SetGauge(double percent, double volts)
    {
        WriteWord(Gauge, 0x04, (ushort)Math.Round(percent * 256));
        WriteWord(Gauge, 0x02, (ushort)Math.Round(volts / 78.125e-6));
    }

    /// <summary>What an INA219 says of a pack: bus voltage in 4 mV above three flags, of which bit 1 is "converted"; current as 10 µV over a shunt of 0.1 Ω.</summary>
    public void SetPack(double volts, double amperes)
    {
        WriteWord(CurrentGauge, 0x02, (ushort)(((int)Math.Round(volts / 4e-3) << 3) | 2));
        WriteWord(CurrentGauge, 0x01, (ushort)(short)Math.Round(amperes * 0.1 / 10e-6));
    }

    /// <summary>As a PCA9685 is after power-on: asleep, every channel full off (datasheet, table 4).</summary>
    public void PowerServoBoard()
    {
        Span<byte> one = stackalloc byte[1];
        void Set(byte register, byte value, Span<byte> byteOf)
        {
            byteOf[0] = value;
            _bus.Write(ServoBoard, register, byteOf);
        }

        Set(0x00, 0x11, one);
        Set(0xFE, 0x1E, one);
        for (var channel = 0; channel < 16; channel++) _bus.Write(ServoBoard, OffOf(channel), [0x00, 0x10]);
    }

    /// <summary>Of the 4,096 steps of a PCA9685's cycle, those that a channel is on; null while it gives no pulses.</summary>
    public int? PulseOf(int channel)
    {
        Span<byte> off = stackalloc byte[2]; // low byte first; the kernel's stub knows what was written as two bytes as two bytes only
        _bus.Read(ServoBoard, OffOf(channel), off);
        return (ReadByte(ServoBoard, 0x00) & 0x10) != 0 || (off[1] & 0x10) != 0 ? null : BinaryPrimitives.ReadUInt16LittleEndian(off);
    }

    public void Dispose() => _bus.Dispose();

    private static byte OffOf(int channel) => (byte)(0x08 + (4 * channel));

    private byte ReadByte(int address, byte register)
    {
        Span<byte> value = stackalloc byte[1];
        _bus.Read(address, register, value);
        return value[0];
    }

    private void WriteWord(int address, byte register, ushort value)
    {
        Span<byte> bytes = [(byte)(value >> 8), (byte)value]; // both gauges send the high byte first
        _bus.Write(address, register, bytes);
    }
}

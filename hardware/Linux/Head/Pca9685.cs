using System.Buffers.Binary;
using AV1Relay.Hardware.Linux.I2c;

namespace AV1Relay.Hardware.Linux.Head;

/// <summary>The PCA9685 chip: sixteen pulses, fifty times a second.</summary>
internal sealed class Pca9685(II2cBus bus, int address = Pca9685.UsualAddress)
{
    public const int UsualAddress = 0x40;
    public const int Channels = 16;

    private const byte Mode1 = 0x00;
    private const byte FirstOff = 0x08; // LED0_OFF; four registers a channel
    private const byte PreScale = 0xFE;
    private const byte Sleep = 0x10;
    private const byte AutoIncrement = 0x20;
    private const double OscillatorHertz = 25e6;
    private const int CountsAPeriod = 4096;

    /// <summary>For 50 Hz: 25 MHz / (4096 × 50), less one.</summary>
    private const byte PreScaleFor50Hertz = 121;

    private const double MicrosecondsACount = (PreScaleFor50Hertz + 1) / OscillatorHertz * 1e6;

    /// <summary>Sets it up unless it is: its rate can be changed asleep only, and servos left in peace do not twitch.</summary>
    /// <returns>True: it had to be, so it gives no pulses yet.</returns>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public bool EnsureAwake()
    {
        if (ReadByte(Mode1) == AutoIncrement && ReadByte(PreScale) == PreScaleFor50Hertz) return false;
        Write(Mode1, [Sleep | AutoIncrement]);
        Write(PreScale, [PreScaleFor50Hertz]);
        Write(Mode1, [AutoIncrement]);
        if (ReadByte(PreScale) != PreScaleFor50Hertz)
            throw new HardwareException(HardwareFault.Noisy, $"What answers at address 0x{address:X2} of {bus.Name} is no PCA9685: check the address in the body's file.");
        return true;
    }

    /// <summary>The pulse's length from the next period on.</summary>
    /// <exception cref="HardwareException">It does not answer.</exception>
    public void SetPulse(int channel, double microseconds)
    {
        // On at count 0 (its value after power-on), off at this count; both bytes change together at the transfer's end.
        Span<byte> off = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(off, (ushort)Math.Clamp(Math.Round(microseconds / MicrosecondsACount), 0, CountsAPeriod - 1));
        Write((byte)(FirstOff + (4 * channel)), off);
    }

    private byte ReadByte(byte register)
    {
        Span<byte> value = stackalloc byte[1];
        try
        {
            bus.Read(address, register, value);
        }
        catch (HardwareException problem)
        {
            throw Silent(problem);
        }

        return value[0];
    }

    private void Write(byte register, ReadOnlySpan<byte> bytes)
    {
        try
        {
            bus.Write(address, register, bytes);
        }
        catch (HardwareException problem)
        {
            throw Silent(problem);
        }
    }

    private static HardwareException Silent(HardwareException problem) =>
        new(problem.Fault, $"The head's servo board (PCA9685) does not answer. {problem.Message}", problem);
}

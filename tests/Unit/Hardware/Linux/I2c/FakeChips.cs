using System.Buffers.Binary;

namespace AV1Relay.Tests.Unit.Hardware.Linux.I2c;

/// <summary>MAX17048: words at even addresses, high byte first; nothing can be written that matters here.</summary>
internal sealed class FakeMax17048 : FakeI2cChip
{
    public ushort CellVoltage { get; set; } = 0xC800; // 4.00 V

    public ushort StateOfCharge { get; set; } = 0x4B80; // 75.5 %

    public short ChargeRate { get; set; }

    public override void Read(byte register, Span<byte> into) => BinaryPrimitives.WriteUInt16BigEndian(into, register switch
    {
        0x02 => CellVoltage,
        0x04 => StateOfCharge,
        0x16 => (ushort)ChargeRate,
        _ => 0,
    });

    public override void Write(byte register, ReadOnlySpan<byte> bytes) => throw new InvalidOperationException($"Nobody writes register {register:X2} of the gauge.");
}

/// <summary>INA219: six words, high byte first; the conversion-ready bit is set in the bus voltage.</summary>
internal sealed class FakeIna219 : FakeI2cChip
{
    public ushort Configuration { get; private set; } = 0x399F; // after power-on

    public double Volts { get; set; } = 7.6;

    /// <summary>Through a shunt of 0.1 Ω; positive is drawn from the pack.</summary>
    public double Amperes { get; set; } = 0.5;

    public void LosePower() => Configuration = 0x399F;

    public override void Read(byte register, Span<byte> into) => BinaryPrimitives.WriteUInt16BigEndian(into, register switch
    {
        0x00 => Configuration,
        0x01 => (ushort)(short)Math.Round(Amperes * 0.1 / 10e-6),
        0x02 => (ushort)(((int)Math.Round(Volts / 4e-3) << 3) | 2),
        _ => 0,
    });

    public override void Write(byte register, ReadOnlySpan<byte> bytes)
    {
        if (register != 0) throw new InvalidOperationException($"Nobody writes register {register:X2} of the gauge.");
        Configuration = BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}

/// <summary>PCA9685: bytes. It counts up only when told to, and its rate changes asleep only.</summary>
internal sealed class FakePca9685 : FakeI2cChip
{
    private const byte Sleep = 0x10;
    private readonly byte[] _memory = new byte[256];

    public FakePca9685() => LosePower();

    public byte Mode => _memory[0];

    public byte PreScale => _memory[0xFE];

    public int Writes { get; private set; }

    /// <summary>Off-count of a channel; null while it gives no pulses.</summary>
    public int? PulseOf(int channel)
    {
        var at = 0x06 + (4 * channel);
        if ((Mode & Sleep) != 0 || (_memory[at + 3] & 0x10) != 0) return null;
        Assert(_memory[at] == 0 && _memory[at + 1] == 0, "The pulse does not begin at 0.");
        return _memory[at + 2] | (_memory[at + 3] << 8);
    }

    /// <summary>As after power-on.</summary>
    public void LosePower()
    {
        Array.Clear(_memory);
        (_memory[0], _memory[0xFE]) = (0x11, 0x1E);
        for (var channel = 0; channel < 16; channel++) _memory[0x09 + (4 * channel)] = 0x10;
    }

    public override void Read(byte register, Span<byte> into)
    {
        for (var i = 0; i < into.Length; i++) into[i] = _memory[Next(register, i)];
    }

    public override void Write(byte register, ReadOnlySpan<byte> bytes)
    {
        Writes++;
        for (var i = 0; i < bytes.Length; i++)
        {
            var at = Next(register, i);
            if (at == 0xFE && (Mode & Sleep) == 0) continue; // awake it keeps its rate
            _memory[at] = bytes[i];
        }
    }

    private int Next(byte register, int count) => (Mode & 0x20) != 0 ? register + count : register;

    private static void Assert(bool isTrue, string words)
    {
        if (!isTrue) throw new InvalidOperationException(words);
    }
}

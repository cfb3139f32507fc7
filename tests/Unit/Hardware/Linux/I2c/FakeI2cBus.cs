using AV1Relay.Hardware;
using AV1Relay.Hardware.Linux.I2c;

namespace AV1Relay.Tests.Unit.Hardware.Linux.I2c;

/// <summary>A bus in memory, with one chip on it that can fall silent or talk nonsense.</summary>
internal sealed class FakeI2cBus(int address, FakeI2cChip chip) : II2cBus
{
    public string Name => "/dev/i2c-FAKE";

    public bool IsSilent { get; set; }

    /// <summary>Lines that float: every bit reads as one.</summary>
    public bool IsNoisy { get; set; }

    public void Read(int from, byte register, Span<byte> into)
    {
        Check(from);
        chip.Read(register, into);
        if (IsNoisy) into.Fill(0xFF);
    }

    public void Write(int to, byte register, ReadOnlySpan<byte> bytes)
    {
        Check(to);
        chip.Write(register, bytes);
    }

    public void Dispose()
    {
    }

    private void Check(int asked)
    {
        if (IsSilent || asked != address) throw new HardwareException(HardwareFault.Silent, $"Nothing answers at address 0x{asked:X2} of {Name}.");
    }
}

/// <summary>A chip's registers.</summary>
internal abstract class FakeI2cChip
{
    public abstract void Read(byte register, Span<byte> into);

    public abstract void Write(byte register, ReadOnlySpan<byte> bytes);
}

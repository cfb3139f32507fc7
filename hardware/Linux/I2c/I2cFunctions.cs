namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>What a bus adapter can do (linux/i2c.h), as far as it matters here.</summary>
[Flags]
internal enum I2cFunctions : uint
{
    None = 0,

    /// <summary>Plain I2C messages.</summary>
    Messages = 0x0000_0001,

    /// <summary>SMBus reads and writes of a register of one byte, and of two.</summary>
    SmbusRegisters = 0x0018_0000 | 0x0060_0000,
}

/// <summary>How registers are read on a bus.</summary>
internal enum I2cTransport
{
    /// <summary>By plain messages, which real adapters have.</summary>
    Messages,

    /// <summary>By SMBus calls: all that some adapters, and the kernel's stub, can do.</summary>
    Smbus,
}

internal static class I2cTransports
{
    /// <exception cref="HardwareException">The adapter can do neither.</exception>
    public static I2cTransport Choose(I2cFunctions functions, string bus)
    {
        if (functions.HasFlag(I2cFunctions.Messages)) return I2cTransport.Messages;
        return functions.HasFlag(I2cFunctions.SmbusRegisters)
            ? I2cTransport.Smbus
            : throw new HardwareException($"{bus} can do neither I2C messages nor SMBus registers: choose another bus in the body's file.");
    }
}

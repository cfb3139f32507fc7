namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>An I2C bus with devices that have registers. Thread-safe: a transfer waits for the one before.</summary>
internal interface II2cBus : IDisposable
{
    /// <summary>As people know it: <c>/dev/i2c-1</c>.</summary>
    string Name { get; }

    /// <summary>Reads a register of one byte or two, in the order of the wire.</summary>
    /// <exception cref="HardwareException">The bus does not open, or nothing answers at the address.</exception>
    void Read(int address, byte register, Span<byte> into);

    /// <summary>Writes a register of one byte or two, in the order of the wire.</summary>
    /// <exception cref="HardwareException">The bus does not open, or nothing answers at the address.</exception>
    void Write(int address, byte register, ReadOnlySpan<byte> bytes);
}

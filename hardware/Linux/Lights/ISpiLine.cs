namespace AV1Relay.Hardware.Linux.Lights;

/// <summary>A line to which bytes are clocked out. Not thread-safe.</summary>
internal interface ISpiLine : IDisposable
{
    /// <summary>As people know it: <c>/dev/spidev0.0</c>.</summary>
    string Name { get; }

    /// <summary>Returns once the last bit has left.</summary>
    /// <exception cref="HardwareException">It does not open, or does not take them.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}

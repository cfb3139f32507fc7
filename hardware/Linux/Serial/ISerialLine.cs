namespace AV1Relay.Hardware.Linux.Serial;

/// <summary>A serial line, as its bytes. Not thread-safe: one bus owns it.</summary>
internal interface ISerialLine : IAsyncDisposable
{
    /// <summary>As people know it: <c>/dev/ttyACM0</c>.</summary>
    string Name { get; }

    /// <summary>Forgets what has come and was not read: the answer to a question of before is none to the next.</summary>
    /// <exception cref="HardwareException">The line does not open or has gone.</exception>
    void DiscardInput();

    /// <exception cref="HardwareException">The line does not open or has gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Waits for at least one byte.</summary>
    /// <returns>How many bytes have come.</returns>
    /// <exception cref="HardwareException">The line does not open or has gone.</exception>
    ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken);
}

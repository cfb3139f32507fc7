namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>One way of reading registers over a bus that is open.</summary>
internal interface IRegisterTransfer : IDisposable
{
    /// <returns>0, or the error's number.</returns>
    int Read(int address, byte register, Span<byte> into);

    /// <returns>0, or the error's number.</returns>
    int Write(int address, byte register, ReadOnlySpan<byte> bytes);
}

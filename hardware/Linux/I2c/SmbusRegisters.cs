namespace AV1Relay.Hardware.Linux.I2c;

/// <summary>Registers by SMBus calls.</summary>
/// <param name="call">Makes one; answers 0, or the error's number.</param>
internal sealed unsafe class SmbusRegisters(SmbusRegisters.Call call) : IRegisterTransfer
{
    private const int UnionLength = 34; // length, 32 bytes of a block, and one for a checksum

    /// <param name="address">Of the device.</param>
    /// <param name="request">What to do; read bytes are left where it says.</param>
    public delegate int Call(int address, ref SmbusRequest request);

    public int Read(int address, byte register, Span<byte> into)
    {
        var union = stackalloc byte[UnionLength];
        var request = Request(SmbusRequest.Read, register, into.Length, union);
        var error = call(address, ref request);
        if (error == 0) new ReadOnlySpan<byte>(union, into.Length).CopyTo(into);
        return error;
    }

    public int Write(int address, byte register, ReadOnlySpan<byte> bytes)
    {
        var union = stackalloc byte[UnionLength];
        bytes.CopyTo(new Span<byte>(union, UnionLength));
        var request = Request(SmbusRequest.Write, register, bytes.Length, union);
        return call(address, ref request);
    }

    public void Dispose()
    {
    }

    private static SmbusRequest Request(byte direction, byte register, int length, byte* union) => new()
    {
        ReadWrite = direction,
        Command = register,
        Size = length switch
        {
            1 => SmbusRequest.ByteData,
            2 => SmbusRequest.WordData,
            _ => throw new ArgumentException($"An SMBus register has one byte or two, not {length}."),
        },
        Data = union,
    };
}

namespace AV1Relay.Hardware.Linux.ServoBus;

/// <summary>Writes the instructions of Feetech's STS protocol.</summary>
/// <remarks><c>FF FF ID LENGTH INSTRUCTION parameters… CHECKSUM</c>; LENGTH counts instruction, parameters and checksum;
/// the checksum is the complement of the sum from ID on.</remarks>
internal static class StsFrame
{
    /// <summary>Bytes around the parameters.</summary>
    public const int Overhead = 6;

    /// <summary>The longest that is written or taken; the protocol would allow 253, and no answer of ours needs them.</summary>
    public const int MaxParameters = 32;

    public const int MaxLength = MaxParameters + Overhead;

    /// <summary>Greatest number that a single servo can have.</summary>
    public const byte MaxId = 0xFD;

    /// <summary>Speaks to all of them, and gets no answer.</summary>
    public const byte Broadcast = 0xFE;

    private const byte Read = 2;
    private const byte Write = 3;
    private const byte SyncWrite = 0x83;

    /// <summary>Asks for registers.</summary>
    /// <returns>The frame's length.</returns>
    public static int WriteRead(Span<byte> into, byte id, byte register, byte count) => WriteFrame(into, id, Read, [register, count]);

    /// <summary>Sets registers; the servo answers with its state.</summary>
    /// <returns>The frame's length.</returns>
    public static int WriteWrite(Span<byte> into, byte id, byte register, ReadOnlySpan<byte> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(values.Length, MaxParameters);
        Span<byte> parameters = stackalloc byte[MaxParameters];
        parameters[0] = register;
        values.CopyTo(parameters[1..]);
        return WriteFrame(into, id, Write, parameters[..(values.Length + 1)]);
    }

    /// <summary>Sets the same registers of several servos at once; none answers.</summary>
    /// <param name="into">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="register">The first.</param>
    /// <param name="count">How many values each servo gets.</param>
    /// <param name="blocks">For each servo its number and its values.</param>
    /// <returns>The frame's length.</returns>
    public static int WriteSyncWrite(Span<byte> into, byte register, byte count, ReadOnlySpan<byte> blocks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks.Length, MaxParameters - 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blocks.Length % (count + 1), 0);
        Span<byte> parameters = stackalloc byte[MaxParameters];
        (parameters[0], parameters[1]) = (register, count);
        blocks.CopyTo(parameters[2..]);
        return WriteFrame(into, Broadcast, SyncWrite, parameters[..(blocks.Length + 2)]);
    }

    /// <param name="body">From the id to the last parameter.</param>
    public static byte Checksum(ReadOnlySpan<byte> body)
    {
        byte sum = 0;
        foreach (var value in body) sum += value;
        return (byte)~sum;
    }

    private static int WriteFrame(Span<byte> into, byte id, byte instruction, ReadOnlySpan<byte> parameters)
    {
        var length = parameters.Length + Overhead;
        (into[0], into[1], into[2], into[3], into[4]) = (0xFF, 0xFF, id, (byte)(parameters.Length + 2), instruction);
        parameters.CopyTo(into[5..]);
        into[length - 1] = Checksum(into[2..(length - 1)]);
        return length;
    }
}

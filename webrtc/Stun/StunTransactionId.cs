using System.Buffers.Binary;

namespace AV1Relay.WebRtc.Stun;

/// <summary>The 96 bits that tie a response to its request. A value, to be kept and compared without the datagram.</summary>
public readonly record struct StunTransactionId(ulong High, uint Low)
{
    public const int Length = 12;

    /// <param name="bytes">At least 12 bytes; the first 12 count.</param>
    public static StunTransactionId Read(ReadOnlySpan<byte> bytes)
        => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Low);
    }
}

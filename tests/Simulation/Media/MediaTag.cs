using AV1Relay.Sfu.Negotiation;

namespace AV1Relay.Tests.Simulation.Media;

/// <summary>What every packet of a simulated stream says of itself: where it belongs and which one it is.</summary>
/// <param name="Room">0–127.</param>
/// <param name="Publisher">Which stream of the run, a new one with each start of its end.</param>
/// <param name="Frame">Picture or piece of sound, from 0.</param>
/// <param name="Packet">The publisher's own number, without wraps.</param>
internal readonly record struct MediaTag(int Room, MediaSource Source, int Publisher, int Frame, long Packet)
{
    public const int Length = 15;

    private const byte Magic = 0xDA;

    /// <summary>Seven bits a byte, the eighth set: a tag never looks like a start code, and may begin a slice.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = Magic;
        destination[1] = (byte)(0x80 | Room);
        destination[2] = (byte)(0x80 | (int)Source);
        WriteNumber(destination.Slice(3, 3), Publisher);
        WriteNumber(destination.Slice(6, 4), Frame);
        WriteNumber(destination.Slice(10, 5), Packet);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out MediaTag tag)
    {
        tag = default;
        if (bytes.Length < Length || bytes[0] != Magic) return false;
        tag = new MediaTag(
            bytes[1] & 0x7F, (MediaSource)(bytes[2] & 0x7F), (int)ReadNumber(bytes.Slice(3, 3)), (int)ReadNumber(bytes.Slice(6, 4)),
            ReadNumber(bytes.Slice(10, 5)));
        return true;
    }

    private static void WriteNumber(Span<byte> destination, long value)
    {
        for (var i = destination.Length - 1; i >= 0; i--, value >>= 7) destination[i] = (byte)(0x80 | value);
    }

    private static long ReadNumber(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var part in bytes) value = value << 7 | (long)(part & 0x7F);
        return value;
    }
}

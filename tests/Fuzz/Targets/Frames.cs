using System.Buffers.Binary;

namespace AV1Relay.Tests.Fuzz.Targets;

/// <summary>Several datagrams in one input: each behind its length in two bytes; the last may be shorter than it says.</summary>
internal static class Frames
{
    public static List<byte[]> Of(byte[] input)
    {
        var frames = new List<byte[]>();
        for (var at = 0; at + 2 <= input.Length;)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at)), input.Length - at - 2);
            frames.Add(input[(at + 2)..(at + 2 + length)]);
            at += 2 + length;
        }

        return frames;
    }

    public static byte[] Join(params IEnumerable<byte[]> frames)
        => [.. frames.SelectMany(frame => (byte[])[(byte)(frame.Length >> 8), (byte)frame.Length, .. frame])];
}

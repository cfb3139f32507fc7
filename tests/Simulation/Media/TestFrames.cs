using AV1Relay.RobotAgent.Media;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Simulation.Media;

/// <summary>Pictures that look like H.264 to a packetiser, and sound that looks like Opus; each packet that comes of them carries a tag.</summary>
internal static class TestFrames
{
    public const int MaxVideoBytes = 96_000;

    private const int FragmentHeaderLength = 2;
    private const int AggregateHeaderLength = 4; // of STAP-A up to the first unit's content
    private const byte OpusFrameOf20Milliseconds = 0xF8;

    private static readonly byte[] Filler = MakeFiller();

    /// <summary>Writes an access unit: one slice, for a keyframe with parameter sets before it.</summary>
    /// <param name="first">The tag of its first packet.</param>
    /// <param name="length">Of the slice, about; a keyframe's is never below two packets.</param>
    /// <returns>The whole length, and how many packets the packetiser will make.</returns>
    public static (int Length, int Packets) WriteVideo(Span<byte> destination, in MediaTag first, bool isKeyFrame, int length)
    {
        var tag = first;
        var written = 0;
        if (isKeyFrame)
        {
            length = Math.Max(length, 2 * VideoTrack.MaxPayloadBytes);
            written += BeginUnit(destination, 0x67);
            tag.Write(destination[written..]);
            written += MediaTag.Length;
            written += BeginUnit(destination[written..], 0x68);
            destination.Slice(written, 4).Fill(0xEE);
            written += 4;
            tag = tag with { Packet = tag.Packet + 1 };
        }

        length = Math.Clamp(length, MediaTag.Length + 1, MaxVideoBytes);
        written += BeginUnit(destination[written..], isKeyFrame ? (byte)0x65 : (byte)0x41);
        var content = destination.Slice(written, length);
        Filler.AsSpan(first.Frame % 61, length).CopyTo(content);
        var isWhole = length + 1 <= VideoTrack.MaxPayloadBytes;
        var piece = isWhole ? length : EvenSplit.PieceLength(length, VideoTrack.MaxPayloadBytes - FragmentHeaderLength);
        var packets = isKeyFrame ? 1 : 0;
        for (var at = 0; at < length; at += piece, packets++)
        {
            if (length - at >= MediaTag.Length) tag.Write(content[at..]);
            tag = tag with { Packet = tag.Packet + 1 };
        }

        return (written + length, packets);
    }

    /// <summary>Whether a frame that was put together again is, byte for byte, the one that its first tag names.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, bool isKeyFrame, in MediaTag first, Span<byte> scratch)
    {
        var head = isKeyFrame ? 4 + 1 + MediaTag.Length + 4 + 1 + 4 + 4 + 1 : 4 + 1;
        var (length, _) = WriteVideo(scratch, first, isKeyFrame, frame.Length - head);
        return frame.SequenceEqual(scratch[..length]);
    }

    public static int WriteAudio(Span<byte> destination, in MediaTag tag, int length)
    {
        Filler.AsSpan(0, length).CopyTo(destination);
        destination[0] = OpusFrameOf20Milliseconds;
        tag.Write(destination[1..]);
        return length;
    }

    /// <summary>The tag of a packet's payload, wherever the payload's form puts it.</summary>
    public static bool TryReadTag(ReadOnlySpan<byte> payload, bool isVideo, out MediaTag tag)
    {
        tag = default;
        if (payload.IsEmpty) return false;
        var offset = !isVideo ? 1 : (payload[0] & 0x1F) switch
        {
            24 => AggregateHeaderLength,
            28 => FragmentHeaderLength,
            _ => 1,
        };
        return payload.Length > offset && MediaTag.TryRead(payload[offset..], out tag);
    }

    private static int BeginUnit(Span<byte> destination, byte header)
    {
        destination[0] = destination[1] = destination[2] = 0;
        destination[3] = 1;
        destination[4] = header;
        return 5;
    }

    private static byte[] MakeFiller()
    {
        var filler = new byte[MaxVideoBytes + 64];
        new Random(1).NextBytes(filler);
        for (var i = 0; i < filler.Length; i++) filler[i] |= 0x80; // never a start code
        return filler;
    }
}

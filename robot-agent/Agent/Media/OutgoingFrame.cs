using System.Buffers;
using AV1Relay.Codecs;

namespace AV1Relay.RobotAgent.Media;

/// <summary>One encoded frame on its way to the network thread, in a rented buffer that whoever takes it returns.</summary>
/// <param name="Kind">Which track it belongs to.</param>
/// <param name="Buffer">Rented; the first <paramref name="Length"/> bytes count.</param>
/// <param name="Length">Bytes.</param>
/// <param name="CapturedAtUnixTenthsMs">Tenths of a ms since the Unix epoch.</param>
/// <param name="Codec">Of a video frame; null for audio, which is always Opus.</param>
internal readonly record struct OutgoingFrame(MediaKind Kind, byte[] Buffer, int Length, long CapturedAtUnixTenthsMs, VideoCodec? Codec)
{
    public static OutgoingFrame Video(ReadOnlySpan<byte> frame, long capturedAtUnixTenthsMs, VideoCodec codec)
        => Copy(MediaKind.Video, frame, capturedAtUnixTenthsMs, codec);

    public static OutgoingFrame Audio(ReadOnlySpan<byte> packet, long capturedAtUnixTenthsMs)
        => Copy(MediaKind.Audio, packet, capturedAtUnixTenthsMs, codec: null);

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);

    private static OutgoingFrame Copy(MediaKind kind, ReadOnlySpan<byte> bytes, long capturedAtUnixTenthsMs, VideoCodec? codec)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        return new(kind, buffer, bytes.Length, capturedAtUnixTenthsMs, codec);
    }
}

internal enum MediaKind : byte
{
    Audio,
    Video,
}

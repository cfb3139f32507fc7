using System.Runtime.InteropServices;
using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>What the codecs of this computer can do, found out by using them.</summary>
/// <param name="CanH264">H.264 pictures came back as they went in.</param>
/// <param name="CanVp8">VP8 likewise.</param>
/// <param name="CanOpus">Sound came back.</param>
/// <param name="Lines">In words, one finding a line.</param>
public sealed record CodecsReport(bool CanH264, bool CanVp8, bool CanOpus, IReadOnlyList<string> Lines)
{
    /// <summary>Sound and at least one video codec work.</summary>
    public bool IsUsable => CanOpus && (CanH264 || CanVp8);
}

/// <summary>Encodes and decodes a little at start: wrong struct offsets of an unmeasured FFmpeg show here, not in a lesson.</summary>
public static class CodecsSelfTest
{
    private const int Width = 160;
    private const int Height = 96;
    private const int Frames = 6;
    private const int ForcedKeyFrame = 3;
    private const double LowestPsnr = 28;

    /// <summary>Takes about 50 ms; ten seconds more where a driver hangs.</summary>
    public static CodecsReport Run(TimeProvider time) => Run(TestVideo, time);

    /// <param name="testVideo">Of an encoder, and how well it did in words.</param>
    /// <param name="time">Says when hardware hangs.</param>
    internal static CodecsReport Run(Func<KnownEncoder, string> testVideo, TimeProvider time)
    {
        var lines = new List<string>();
        var canH264 = false;
        var canVp8 = false;
        if (FFmpegLibrary.TryLoad(out var problem))
        {
            lines.Add($"FFmpeg {FFmpegLibrary.Version} found.");
            canH264 = Try("H.264", lines, () => testVideo(KnownEncoder.X264))
                || Try("H.264 in hardware", lines, () => DriverCall.OrHangs(() => testVideo(KnownEncoder.KernelH264), time)); // an FFmpeg for a board may have that alone
            canVp8 = Try("VP8", lines, () => testVideo(KnownEncoder.Vpx));
        }
        else
        {
            lines.Add(problem);
        }

        return new CodecsReport(canH264, canVp8, Try("Opus", lines, TestOpus), lines);
    }

    private static bool Try(string name, List<string> lines, Func<string> test)
    {
        try
        {
            lines.Add($"{name} works: {test()}.");
            return true;
        }
        catch (CodecException problem)
        {
            lines.Add($"{name} does not work: {problem.Message}");
            return false;
        }
    }

    /// <summary>Encodes and decodes a few small pictures.</summary>
    /// <returns>How well they came back, in words.</returns>
    /// <exception cref="CodecException">The encoder is missing, or they did not come back as they should.</exception>
    internal static unsafe string TestVideo(KnownEncoder known)
    {
        using var encoder = VideoEncoder.Open(known, Width, Height, 30, 500_000);
        using var decoder = new VideoDecoder(known.Codec);
        using var lateDecoder = new VideoDecoder(known.Codec);
        var encoded = new byte[VideoEncoder.MaxFrameBytes];
        var picture = (byte*)NativeMemory.Alloc(Width * Height * 3 / 2);
        try
        {
            var planes = new I420Planes(
                (nint)picture, Width, (nint)(picture + (Width * Height)), Width / 2, (nint)(picture + (Width * Height * 5 / 4)), Width / 2);
            var lowest = double.MaxValue;
            for (var n = 0; n < Frames; n++)
            {
                Draw(picture, n);
                if (!encoder.Encode(planes, n, n == ForcedKeyFrame, encoded, out var length, out var isKey))
                {
                    throw new CodecException("the encoder keeps pictures back.");
                }

                if (isKey != (n is 0 or ForcedKeyFrame))
                {
                    throw new CodecException($"frame {n} {(isKey ? "is" : "is not")} a keyframe: this FFmpeg lays out its frames differently.");
                }

                if (!decoder.Decode(encoded.AsSpan(0, length), n, out var decoded)
                    || decoded.Width != Width || decoded.Height != Height || decoded.Pts != n)
                {
                    throw new CodecException($"frame {n} did not come back in size and time.");
                }

                // Whoever joins later starts with a keyframe that was asked for: it has to bring all that a decoder needs.
                if (n == ForcedKeyFrame && !lateDecoder.Decode(encoded.AsSpan(0, length), n, out _))
                {
                    throw new CodecException("a keyframe that was asked for can't be decoded on its own.");
                }

                lowest = Math.Min(lowest, LumaPsnr(picture, decoded.Planes));
            }

            return lowest >= LowestPsnr
                ? $"{Frames} frames came back with {lowest:0} dB or better"
                : throw new CodecException($"pictures came back with {lowest:0.0} dB, at least {LowestPsnr} are expected.");
        }
        finally
        {
            NativeMemory.Free(picture);
        }
    }

    private static unsafe void Draw(byte* picture, int number)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                picture[(y * Width) + x] = (byte)(40 + (((x / 2) + y + (4 * number)) % 160)); // a ramp that moves
            }
        }

        new Span<byte>(picture + (Width * Height), Width * Height / 4).Fill(100);
        new Span<byte>(picture + (Width * Height * 5 / 4), Width * Height / 4).Fill(150);
    }

    private static unsafe double LumaPsnr(byte* picture, in I420Planes decoded)
    {
        var sum = 0.0;
        for (var y = 0; y < Height; y++)
        {
            var row = (byte*)decoded.Y + (y * decoded.YStride);
            for (var x = 0; x < Width; x++)
            {
                double difference = picture[(y * Width) + x] - row[x];
                sum += difference * difference;
            }
        }

        return sum == 0 ? 99 : 10 * Math.Log10(255.0 * 255.0 * Width * Height / sum);
    }

    private static string TestOpus()
    {
        const int FrameSamples = 960;
        using var encoder = new OpusEncoder();
        using var decoder = new OpusDecoder();
        Span<short> pcm = stackalloc short[FrameSamples];
        Span<byte> packet = stackalloc byte[OpusEncoder.MaxPacketBytes];
        var energy = 0.0;
        for (var n = 0; n < 5; n++)
        {
            for (var i = 0; i < FrameSamples; i++)
            {
                pcm[i] = (short)(8000 * Math.Sin(2 * Math.PI * 500 * ((n * FrameSamples) + i) / 48_000));
            }

            var length = encoder.Encode(pcm, packet);
            if (decoder.Decode(packet[..length], pcm) != FrameSamples)
            {
                throw new CodecException("a packet did not come back as 20 ms.");
            }

            energy = 0;
            foreach (var sample in pcm)
            {
                energy += (double)sample * sample / FrameSamples;
            }
        }

        return energy > 1_000_000
            ? $"{Marshal.PtrToStringUTF8(Opus.opus_get_version_string())}, a tone came back"
            : throw new CodecException("a tone came back as silence.");
    }
}

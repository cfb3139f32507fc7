using System.Globalization;
using System.Runtime.InteropServices;
using AV1Relay.Codecs.Native;

namespace AV1Relay.Codecs;

/// <summary>An encoder that FFmpeg may have.</summary>
/// <param name="Name">As FFmpeg knows it.</param>
/// <param name="Codec">What it makes.</param>
/// <param name="IsHardware">It leaves the processor free.</param>
public sealed record KnownEncoder(string Name, VideoCodec Codec, bool IsHardware)
{
    public static KnownEncoder X264 { get; } = new("libx264", VideoCodec.H264, IsHardware: false);

    public static KnownEncoder Vpx { get; } = new("libvpx", VideoCodec.Vp8, IsHardware: false);

    /// <summary>The encoder of a Raspberry Pi 4 and of other boards whose kernel offers theirs as a video node. A Pi 5 has none.</summary>
    public static KnownEncoder KernelH264 { get; } = new("h264_v4l2m2m", VideoCodec.H264, IsHardware: true);

    /// <summary>Best first.</summary>
    public static IReadOnlyList<KnownEncoder> All { get; } = [KernelH264, X264, Vpx];

    /// <summary>The one in software, which every full FFmpeg has.</summary>
    public static KnownEncoder SoftwareOf(VideoCodec codec) => codec == VideoCodec.H264 ? X264 : Vpx;
}

/// <summary>How an encoder did.</summary>
/// <param name="Encoder">Which.</param>
/// <param name="Problem">Why it is of no use, in words; null when it passed.</param>
/// <param name="MsPerPicture">Median; 0 when it did not pass. Of software its processor time, so that a busy start does not count; of hardware the whole time.</param>
/// <param name="IsFast">Leaves enough of a picture's time for everything else.</param>
public sealed record EncoderFinding(KnownEncoder Encoder, string? Problem, double MsPerPicture, bool IsFast)
{
    public override string ToString() => Problem is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Encoder.Name} ({(Encoder.IsHardware ? "hardware" : "software")}) takes {MsPerPicture:0.0} ms a picture{(IsFast ? "" : ", which is too long for this rate")}")
        : $"{Encoder.Name} is not used: {Problem}";
}

/// <summary>Tries each known encoder with pictures of the size that will be sent.</summary>
public static class EncoderTrial
{
    /// <summary>Of a picture's time. The rest is for capture, sound and the other pictures of a busy moment.</summary>
    private const double MostOfInterval = 0.5;
    private const int Pictures = 9;

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="framesPerSecond">Says what is fast.</param>
    /// <param name="bitrateBps">Of the trial.</param>
    /// <param name="time">Measures hardware.</param>
    /// <remarks>Some hundred milliseconds on a small board; ten seconds more where a driver hangs.</remarks>
    public static IReadOnlyList<EncoderFinding> Run(int width, int height, int framesPerSecond, int bitrateBps, TimeProvider time)
        => [.. KnownEncoder.All.Select(encoder => Try(encoder, width, height, framesPerSecond, bitrateBps, time))];

    /// <summary>The first that passed and is fast; else the fastest that passed.</summary>
    /// <returns>Null: none passed.</returns>
    public static EncoderFinding? Choose(IEnumerable<EncoderFinding> findings, VideoCodec codec)
    {
        var usable = findings.Where(finding => finding.Problem is null && finding.Encoder.Codec == codec).ToList();
        return usable.Find(finding => finding.IsFast) ?? usable.MinBy(finding => finding.MsPerPicture);
    }

    internal static bool IsFast(double msPerPicture, int framesPerSecond) => msPerPicture <= MostOfInterval * 1000 / framesPerSecond;

    private static EncoderFinding Try(KnownEncoder encoder, int width, int height, int framesPerSecond, int bitrateBps, TimeProvider time)
    {
        try
        {
            var ms = encoder.IsHardware ? DriverCall.OrHangs(Trial, time) : Trial();
            return new(encoder, null, ms, IsFast(ms, framesPerSecond));
        }
        catch (CodecException problem)
        {
            return new(encoder, problem.Message.TrimEnd('.'), 0, IsFast: false);
        }

        double Trial()
        {
            _ = CodecsSelfTest.TestVideo(encoder);
            return Measure(encoder, width, height, framesPerSecond, bitrateBps, time);
        }
    }

    private static unsafe double Measure(KnownEncoder known, int width, int height, int framesPerSecond, int bitrateBps, TimeProvider time)
    {
        using var encoder = VideoEncoder.Open(known, width, height, framesPerSecond, bitrateBps);
        var encoded = new byte[VideoEncoder.MaxFrameBytes];
        var memory = (byte*)NativeMemory.AllocZeroed((nuint)(width * height * 3 / 2));
        try
        {
            var planes = new I420Planes((nint)memory, width, (nint)(memory + (width * height)), width / 2, (nint)(memory + (width * height * 5 / 4)), width / 2);
            Span<double> took = stackalloc double[Pictures];
            for (var n = 0; n < Pictures; n++)
            {
                Draw(new(memory, width * height), width, n);
                var (startedAt, worked) = (time.GetTimestamp(), ThreadTime.Now);
                if (!encoder.Encode(planes, n, forceKeyFrame: false, encoded, out _, out _)) throw new CodecException("it keeps pictures of this size back.");
                worked = ThreadTime.Now - worked;
                // A kernel that counts processor time in whole ticks says none: then the whole time is what can be told.
                took[n] = (known.IsHardware || worked == TimeSpan.Zero ? time.GetElapsedTime(startedAt) : worked).TotalMilliseconds;
            }

            took.Sort();
            return took[Pictures / 2];
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    /// <summary>Edges that move, and noise: about what a class in front of its posters costs.</summary>
    private static void Draw(Span<byte> luma, int width, int number)
    {
        var noise = (uint)number + 1;
        for (var i = 0; i < luma.Length; i++)
        {
            noise = (noise * 1_664_525) + 1_013_904_223;
            luma[i] = (byte)(60 + (((((i % width) + (3 * number)) / 24) + (i / width / 18)) % 2 * 90) + (noise >> 30));
        }
    }
}

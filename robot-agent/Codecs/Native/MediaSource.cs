using System.Globalization;

namespace AV1Relay.Codecs.Native;

/// <summary>What a <c>--camera</c> or <c>--microphone</c> setting means, and the filter chains that open it, best first.</summary>
/// <param name="Setting">As given.</param>
/// <param name="IsLive">Comes at its own pace; else it is paced here.</param>
/// <param name="Chains">To be tried in order.</param>
/// <param name="IsDevice">Needs libavdevice, and other advice when it fails.</param>
internal sealed record MediaSource(string Setting, bool IsLive, bool IsDevice, IReadOnlyList<string> Chains)
{
    private const string LavfiPrefix = "lavfi:";

    private static readonly string[] LiveSchemes = ["rtsp", "rtsps", "rtmp", "rtp", "udp", "srt"];

    /// <exception cref="CodecException">It names nothing that could be opened.</exception>
    public static MediaSource Video(string setting, int width, int height, int framesPerSecond)
    {
        var fit = string.Create(CultureInfo.InvariantCulture,
            $"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2,pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p");
        var steady = string.Create(CultureInfo.InvariantCulture, $"fps={framesPerSecond}");
        if (setting.StartsWith(LavfiPrefix, StringComparison.Ordinal))
        {
            return new(setting, IsLive: false, IsDevice: false, [$"{setting[LavfiPrefix.Length..]},{steady},{fit}"]);
        }

        if (setting.StartsWith("/dev/", StringComparison.Ordinal))
        {
            // Uncompressed pictures of this size do not fit USB 2 at full rate, so Motion JPEG is asked for first.
            var size = string.Create(CultureInfo.InvariantCulture, $"video_size={width}x{height}:framerate={framesPerSecond}");
            return new(setting, IsLive: true, IsDevice: true,
            [
                $"{Movie("movie", setting, "video4linux2", $"input_format=mjpeg:{size}")},{fit}",
                $"{Movie("movie", setting, "video4linux2", size)},{fit}",
                $"{Movie("movie", setting, "video4linux2", null)},{fit}",
            ]);
        }

        if (IsUrl(setting, out var isLive))
        {
            return new(setting, isLive, IsDevice: false, [$"{Movie("movie", setting, null, null)},{(isLive ? "null" : steady)},{fit}"]);
        }

        ThrowIfMissing(setting, "a device such as /dev/video0");

        // A loop starts again at time zero: count frames instead.
        return new(setting, IsLive: false, IsDevice: false,
            [$"{Movie("movie", setting, null, null)}:loop=0,setpts=N/(FRAME_RATE*TB),{steady},{fit}"]);
    }

    /// <exception cref="CodecException">It names nothing that could be opened.</exception>
    public static MediaSource Audio(string setting)
    {
        const string Convert = "aresample=48000,aformat=sample_fmts=s16:sample_rates=48000:channel_layouts=mono";
        if (setting.StartsWith(LavfiPrefix, StringComparison.Ordinal))
        {
            return new(setting, IsLive: false, IsDevice: false, [$"{setting[LavfiPrefix.Length..]},{Convert}"]);
        }

        if (IsUrl(setting, out var isLive))
        {
            return new(setting, isLive, IsDevice: false, [$"{Movie("amovie", setting, null, null)},{Convert}"]);
        }

        if (File.Exists(setting) || setting.Contains('/', StringComparison.Ordinal))
        {
            ThrowIfMissing(setting, "an ALSA device such as default or hw:1,0");
            return new(setting, IsLive: false, IsDevice: false,
                [$"{Movie("amovie", setting, null, null)}:loop=0,asetpts=N/SR/TB,{Convert}"]);
        }

        return new(setting, IsLive: true, IsDevice: true, [$"{Movie("amovie", setting, "alsa", null)},{Convert}"]);
    }

    /// <summary>What went wrong, and what to look at.</summary>
    public string Explain(int error)
    {
        var advice = error switch
        {
            FFmpeg.NotFound or FFmpeg.NoDevice or FFmpeg.InputOutput when IsDevice
                => "is it plugged in, and is the privacy switch on? `v4l2-ctl --list-devices` and `arecord -L` list what there is",
            FFmpeg.NoAccess when IsDevice => "the robot's user must be in the groups video and audio",
            FFmpeg.Busy => "another program uses it; close that first",
            FFmpeg.StreamNotFound => "it holds no such picture or sound",
            FFmpeg.InvalidData => "FFmpeg does not know this kind of file",
            _ => "check the name, and try it with ffplay",
        };
        return $"{Setting} does not open ({FFmpeg.Describe(error)}): {advice}.";
    }

    private static string Movie(string filter, string name, string? format, string? formatOptions)
    {
        var chain = $"{filter}=filename={FilterGraph.Escape(name)}";
        chain += format is null ? "" : $":format_name={format}";
        return chain + (formatOptions is null ? "" : $":format_opts={FilterGraph.Escape(formatOptions)}");
    }

    private static bool IsUrl(string setting, out bool isLive)
    {
        var end = setting.IndexOf("://", StringComparison.Ordinal);
        isLive = end > 0 && LiveSchemes.Contains(setting[..end], StringComparer.OrdinalIgnoreCase);
        return end > 0;
    }

    private static void ThrowIfMissing(string path, string alternative)
    {
        if (!File.Exists(path))
        {
            throw new CodecException($"There is no file {path}. Give {alternative}, a file, or a URL.");
        }
    }
}

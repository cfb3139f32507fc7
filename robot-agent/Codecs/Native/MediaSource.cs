using System.Globalization;

namespace AV1Relay.Codecs.Native;

/// <summary>What a <c>--camera</c> or <c>--microphone</c> setting means, and the filter chain that opens it.</summary>
/// <param name="Setting">As given.</param>
/// <param name="IsLive">Comes at its own pace; else it is paced here.</param>
/// <param name="Chain">Opens it.</param>
internal sealed record MediaSource(string Setting, bool IsLive, string Chain)
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
            return new(setting, IsLive: false, $"{setting[LavfiPrefix.Length..]},{steady},{fit}");
        }

        if (IsUrl(setting, out var isLive))
        {
            return new(setting, isLive, $"{Movie("movie", setting)},{(isLive ? "null" : steady)},{fit}");
        }

        ThrowIfMissing(setting);

        // A loop starts again at time zero: count frames instead.
        return new(setting, IsLive: false, $"{Movie("movie", setting)}:loop=0,setpts=N/(FRAME_RATE*TB),{steady},{fit}");
    }

    /// <exception cref="CodecException">It names nothing that could be opened.</exception>
    public static MediaSource Audio(string setting)
    {
        const string Convert = "aresample=48000,aformat=sample_fmts=s16:sample_rates=48000:channel_layouts=mono";
        if (setting.StartsWith(LavfiPrefix, StringComparison.Ordinal))
        {
            return new(setting, IsLive: false, $"{setting[LavfiPrefix.Length..]},{Convert}");
        }

        if (IsUrl(setting, out var isLive))
        {
            return new(setting, isLive, $"{Movie("amovie", setting)},{Convert}");
        }

        ThrowIfMissing(setting);
        return new(setting, IsLive: false, $"{Movie("amovie", setting)}:loop=0,asetpts=N/SR/TB,{Convert}");
    }

    /// <summary>What went wrong, and what to look at.</summary>
    public string Explain(int error)
    {
        var advice = error switch
        {
            FFmpeg.StreamNotFound => "it holds no such picture or sound",
            FFmpeg.InvalidData => "FFmpeg does not know this kind of file",
            _ => "check the name, and try it with ffplay",
        };
        return $"{Setting} does not open ({FFmpeg.Describe(error)}): {advice}.";
    }

    private static string Movie(string filter, string name) => $"{filter}=filename={FilterGraph.Escape(name)}";

    private static bool IsUrl(string setting, out bool isLive)
    {
        var end = setting.IndexOf("://", StringComparison.Ordinal);
        isLive = end > 0 && LiveSchemes.Contains(setting[..end], StringComparer.OrdinalIgnoreCase);
        return end > 0;
    }

    private static void ThrowIfMissing(string path)
    {
        if (!File.Exists(path))
        {
            throw new CodecException($"There is no file {path}. Give a file or a URL.");
        }
    }
}

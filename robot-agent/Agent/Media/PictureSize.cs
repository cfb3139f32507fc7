using System.Globalization;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;

namespace AV1Relay.RobotAgent.Media;

/// <summary>How large a picture this robot sends: as asked for, or as large as its computer encodes fast enough.</summary>
/// <param name="Format">The size.</param>
/// <param name="Findings">How the encoders did at it.</param>
/// <param name="Words">Size and reason, for log and page.</param>
internal sealed record PictureSize(VideoFormat Format, IReadOnlyList<EncoderFinding> Findings, string Words)
{
    /// <param name="asked">Null chooses.</param>
    /// <param name="codec">The only one that will be sent; null: whichever is best.</param>
    /// <param name="time">For the trial of hardware.</param>
    /// <remarks>Up to a second or two on a small board; ten seconds more for each size where a driver hangs.</remarks>
    public static PictureSize Choose(VideoFormat? asked, VideoCodec? codec, TimeProvider time) => Choose(
        asked, codec, format => EncoderTrial.Run(format.Width, format.Height, format.FramesPerSecond, MediaEngineOptions.UsualBitrateBps(format), time));

    /// <param name="tryAt">Tries the encoders at a size.</param>
    internal static PictureSize Choose(VideoFormat? asked, VideoCodec? codec, Func<VideoFormat, IReadOnlyList<EncoderFinding>> tryAt)
    {
        if (asked is { } size) return new(size, tryAt(size), $"{Name(size)}, as asked for");
        var findings = tryAt(VideoFormat.Hd);
        return BestOf(findings, codec) switch
        {
            null => new(VideoFormat.Hd, findings, $"{Name(VideoFormat.Hd)}, and nothing encodes it"),
            { IsFast: true } best => new(VideoFormat.Hd, findings, $"{Name(VideoFormat.Hd)}: {best}"),
            { } best => new(VideoFormat.Small, tryAt(VideoFormat.Small), $"{Name(VideoFormat.Small)}, since at {Name(VideoFormat.Hd)} {best}"),
        };
    }

    /// <summary>The encoder that will be used unless the pupil's device needs another; null: there is none.</summary>
    public static EncoderFinding? BestOf(IReadOnlyList<EncoderFinding> findings, VideoCodec? codec) => codec is { } only
        ? EncoderTrial.Choose(findings, only)
        : EncoderTrial.Choose(findings, VideoCodec.H264) ?? EncoderTrial.Choose(findings, VideoCodec.Vp8);

    private static string Name(VideoFormat format) => string.Create(CultureInfo.InvariantCulture, $"{format.Width} × {format.Height}");
}

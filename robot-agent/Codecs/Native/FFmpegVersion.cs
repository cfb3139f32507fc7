namespace AV1Relay.Codecs.Native;

/// <summary>The sonames of one FFmpeg major. All libraries come from one row, never mixed.</summary>
/// <param name="Name">As people say it.</param>
/// <param name="Util">Major of libavutil.</param>
/// <param name="Codec">Major of libavcodec.</param>
/// <param name="Format">Major of libavformat.</param>
/// <param name="Filter">Major of libavfilter.</param>
/// <param name="PictureTypeOffset">Of <c>AVFrame.pict_type</c>, bytes: 8.x dropped the field before it.</param>
internal sealed record FFmpegVersion(string Name, int Util, int Codec, int Format, int Filter, int PictureTypeOffset)
{
    /// <summary>Newest first. 5.x and 7.x have been run; the self-test at start decides about the others.</summary>
    public static IReadOnlyList<FFmpegVersion> Known { get; } =
    [
        new("8.x", 60, 62, 62, 11, 120),
        new("7.x", 59, 61, 61, 10, 124),
        new("6.x", 58, 60, 60, 9, 124),
        new("5.x", 57, 59, 59, 8, 124),
    ];

    public string? FileNameOf(string library) => library switch
    {
        FFmpeg.Util => $"libavutil.so.{Util}",
        FFmpeg.Codec => $"libavcodec.so.{Codec}",
        FFmpeg.Format => $"libavformat.so.{Format}",
        FFmpeg.Filter => $"libavfilter.so.{Filter}",
        _ => null,
    };
}

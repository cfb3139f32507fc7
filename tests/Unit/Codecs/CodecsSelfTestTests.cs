using AV1Relay.Codecs;
using AV1Relay.Codecs.Native;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class CodecsSelfTestTests
{
    [Fact]
    public void The_codecs_of_this_computer_pass_their_own_test()
    {
        var report = CodecsSelfTest.Run(TimeProvider.System);
        Assert.True(report is { CanH264: true, CanVp8: true, CanOpus: true }, string.Join(Environment.NewLine, report.Lines));
        Assert.Equal(4, report.Lines.Count);
    }

    [Fact]
    public void An_FFmpeg_that_has_H264_in_hardware_alone_can_H264()
    {
        var report = CodecsSelfTest.Run(static encoder => encoder == KnownEncoder.X264 ? throw new CodecException("FFmpeg lacks it.") : "well", TimeProvider.System);
        Assert.True(report.CanH264, string.Join(Environment.NewLine, report.Lines));
        Assert.Contains("H.264 in hardware works: well.", report.Lines);
    }

    [Fact]
    public void Libraries_of_one_version_have_one_row_and_rows_share_no_library()
    {
        Assert.Equal(FFmpegVersion.Known.Count, FFmpegVersion.Known.Select(version => version.FileNameOf(FFmpeg.Codec)).Distinct().Count());
        Assert.All(FFmpegVersion.Known, version => Assert.Null(version.FileNameOf("libc")));
    }

    [Fact]
    public void An_option_that_a_codec_does_not_know_is_refused_by_name()
    {
        Assert.True(FFmpegLibrary.TryLoad(out var problem), problem);
        var codec = FFmpeg.avcodec_find_encoder_by_name("libx264");
        var refusal = Assert.Throws<CodecException>(() => CodecContext.Open(
            codec, "libx264", [("video_size", "64x64"), ("pixel_format", "yuv420p"), ("time_base", "1/30")], [("cpu-used", "-8")]));
        Assert.Contains("cpu-used", refusal.Message, StringComparison.Ordinal);
    }
}

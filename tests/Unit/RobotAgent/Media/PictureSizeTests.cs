using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Media;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class PictureSizeTests
{
    [Fact]
    public void A_computer_that_encodes_the_larger_one_fast_enough_sends_it()
    {
        var size = PictureSize.Choose(null, null, _ => [X264(ms: 15, isFast: true)]);
        Assert.Equal(VideoFormat.Hd, size.Format);
        Assert.Equal("1280 × 720: libx264 (software) takes 15.0 ms a picture", size.Words);
    }

    [Fact]
    public void One_that_does_not_sends_the_smaller_one_and_says_why()
    {
        var size = PictureSize.Choose(null, null, format => [X264(ms: format == VideoFormat.Hd ? 25 : 8, isFast: format != VideoFormat.Hd)]);
        Assert.Equal(VideoFormat.Small, size.Format);
        Assert.Equal(8, Assert.Single(size.Findings).MsPerPicture);
        Assert.Equal("640 × 360, since at 1280 × 720 libx264 (software) takes 25.0 ms a picture, which is too long for this rate", size.Words);
    }

    [Fact]
    public void What_was_asked_for_is_sent_however_slow_it_is()
    {
        var size = PictureSize.Choose(VideoFormat.Hd, null, _ => [X264(ms: 60, isFast: false)]);
        Assert.Equal((VideoFormat.Hd, "1280 × 720, as asked for"), (size.Format, size.Words));
    }

    [Fact]
    public void It_goes_by_the_only_codec_where_there_is_one()
    {
        EncoderFinding slow = new(KnownEncoder.Vpx, null, 40, IsFast: false);
        Assert.Equal(VideoFormat.Small, PictureSize.Choose(null, VideoCodec.Vp8, _ => [X264(ms: 5, isFast: true), slow]).Format);
        Assert.Equal(VideoFormat.Hd, PictureSize.Choose(null, null, _ => [X264(ms: 5, isFast: true), slow]).Format);
    }

    private static EncoderFinding X264(double ms, bool isFast) => new(KnownEncoder.X264, null, ms, isFast);
}

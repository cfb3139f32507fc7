using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Body;
using AV1Relay.Tests.Unit.Codecs;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Body;

public sealed class JpegPicturesTests
{
    [Fact]
    public void A_cameras_JPEG_is_of_full_range_and_comes_out_as_video_is()
    {
        using var pictures = JpegPictures.OpenOrNull();
        Assert.True(pictures!.TryDecode(JpegDecoderTests.Grey, out var picture)); // not null: FFmpeg is here
        Assert.True(picture.IsFullRange);

        using var video = new VideoFrame(16, 16);
        new PictureScaler().Scale(picture, video);
        Assert.Equal(126, video.Y[0], tolerance: 0.5); // 128 of 255, between 16 and 235
    }
}

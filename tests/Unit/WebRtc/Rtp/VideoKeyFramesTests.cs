using AV1Relay.WebRtc.Rtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Rtp;

public sealed class VideoKeyFramesTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("6588", true)] // IDR slice
    [InlineData("6742E01F", true)] // sequence parameter set
    [InlineData("419A", false)]
    [InlineData("68CE", false)] // picture parameter set: says nothing
    [InlineData("78" + "0002" + "6742" + "0002" + "68CE", true)] // STAP-A
    [InlineData("78" + "0002" + "68CE" + "0002" + "6588", true)]
    [InlineData("78" + "0002" + "419A" + "0002" + "419A", false)]
    [InlineData("78" + "00FF" + "6588", false)] // longer than the payload
    [InlineData("78" + "0000" + "6588", false)]
    [InlineData("7C85AA", true)] // FU-A, first fragment of an IDR slice
    [InlineData("7C05AA", false)] // a later one
    [InlineData("5C81AA", false)]
    [InlineData("7C", false)]
    public void An_h264_key_frame_is_seen_in_its_first_payload(string hex, bool expected)
        => Assert.Equal(expected, VideoKeyFrames.StartsH264KeyFrame(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("", false)]
    [InlineData("1000", true)] // no extension, inverse key frame bit clear
    [InlineData("1001", false)]
    [InlineData("0000", false)] // not the first packet
    [InlineData("1100", false)] // another partition's
    [InlineData("9080812300", true)] // 15-bit picture id
    [InlineData("9080812301", false)]
    [InlineData("90800700", true)] // 7-bit picture id
    [InlineData("90E0812301" + "2000", true)] // with TL0PICIDX and TID
    [InlineData("90E0812301" + "2001", false)]
    [InlineData("908081", false)]
    [InlineData("90808123", false)]
    public void A_vp8_key_frame_is_seen_in_its_first_payload(string hex, bool expected)
        => Assert.Equal(expected, VideoKeyFrames.StartsVp8KeyFrame(Convert.FromHexString(hex)));
}

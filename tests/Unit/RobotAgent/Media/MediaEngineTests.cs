using AV1Relay.Codecs;
using AV1Relay.RobotAgent.Media;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class MediaEngineTests
{
    private static readonly VideoCodec[] Both = [VideoCodec.H264, VideoCodec.Vp8];

    [Fact]
    public void A_codec_that_fails_its_self_test_is_left_out_and_said_in_words()
    {
        var (codecs, fault) = MediaEngine.WhatWorks(Both, new CodecsReport(CanH264: false, CanVp8: true, CanOpus: true, ["H.264: no encoder"]));

        Assert.Equal([VideoCodec.Vp8], codecs);
        Assert.Contains("H264 did not pass", fault, StringComparison.Ordinal);
        Assert.Contains("no encoder", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_video_codec_the_sound_goes_on()
    {
        var (codecs, fault) = MediaEngine.WhatWorks(Both, new CodecsReport(CanH264: false, CanVp8: false, CanOpus: true, []));

        Assert.Empty(codecs);
        Assert.StartsWith("There is no picture", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_all_works_is_no_fault()
        => Assert.Null(MediaEngine.WhatWorks(Both, new CodecsReport(CanH264: true, CanVp8: true, CanOpus: true, [])).Fault);
}

using AV1Relay.Codecs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class EncoderTrialTests
{
    private static readonly EncoderFinding Hardware = new(KnownEncoder.KernelH264, null, 4, IsFast: true);
    private static readonly EncoderFinding Software = new(KnownEncoder.X264, null, 9, IsFast: true);

    [Fact]
    public void Hardware_is_used_where_it_passed_and_is_fast()
        => Assert.Equal(Hardware, EncoderTrial.Choose([Hardware, Software], VideoCodec.H264));

    [Fact]
    public void Software_where_hardware_failed_or_is_slow()
    {
        Assert.Equal(Software, EncoderTrial.Choose([Hardware with { Problem = "no device" }, Software], VideoCodec.H264));
        Assert.Equal(Software, EncoderTrial.Choose([Hardware with { IsFast = false, MsPerPicture = 30 }, Software], VideoCodec.H264));
    }

    [Fact]
    public void The_fastest_where_all_are_slow_and_none_where_none_passed()
    {
        var slow = Software with { IsFast = false, MsPerPicture = 25 };
        Assert.Equal(slow, EncoderTrial.Choose([Hardware with { IsFast = false, MsPerPicture = 30 }, slow], VideoCodec.H264));
        Assert.Null(EncoderTrial.Choose([Hardware, Software], VideoCodec.Vp8));
    }

    [Theory]
    [InlineData(30, 16.6, true)]
    [InlineData(30, 16.7, false)]
    [InlineData(15, 33.3, true)]
    [InlineData(15, 33.4, false)]
    public void Half_of_a_pictures_time_is_fast_and_more_is_not(int framesPerSecond, double ms, bool isFast)
        => Assert.Equal(isFast, EncoderTrial.IsFast(ms, framesPerSecond));

    [Theory]
    [InlineData(1, true)]
    [InlineData(20_000, false)] // 25 µs for a picture
    public void What_is_fast_depends_on_the_rate(int framesPerSecond, bool isFast)
    {
        var software = EncoderTrial.Run(320, 180, framesPerSecond, 300_000, TimeProvider.System).Where(finding => !finding.Encoder.IsHardware);
        Assert.All(software, finding => Assert.Equal((null, isFast), (finding.Problem, finding.IsFast)));
    }

    [Fact]
    public void A_busy_start_does_not_make_software_slow()
    {
        var busy = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) }; // whenever somebody looks, a second has gone by
        var software = EncoderTrial.Run(320, 180, 15, 300_000, busy).Where(finding => !finding.Encoder.IsHardware);
        Assert.All(software, finding => Assert.InRange(finding.MsPerPicture, 0.001, 500));
    }

    [Fact]
    public void Every_encoder_of_this_computer_is_tried_and_told_by_name()
    {
        var findings = EncoderTrial.Run(320, 180, 15, 300_000, TimeProvider.System);
        Assert.Equal(KnownEncoder.All, findings.Select(finding => finding.Encoder));
        Assert.All(findings.Where(finding => !finding.Encoder.IsHardware), finding =>
        {
            Assert.Null(finding.Problem);
            Assert.True(finding.MsPerPicture > 0);
        });
        Assert.All(findings, finding => Assert.Contains(finding.Encoder.Name, finding.ToString(), StringComparison.Ordinal));
    }
}

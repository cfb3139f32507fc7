using AV1Relay.RobotAgent.Media;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class PictureRateTests
{
    private const uint Picture = 7;
    private static readonly BandwidthLimits Limits = new(50_000, 600_000, 1_200_000);

    private static readonly NegotiatedMedia Agreed = new("0", "video", MediaDirection.SendOnly)
    {
        Codecs = [OfferedCodecs.H264()],
        RtxPayloadTypes = new Dictionary<int, int> { [102] = 103 },
        Extensions = [new RtpExtensionMap(2, RtpExtensionUris.TransportWideCc)],
    };

    [Fact]
    public void A_relay_that_tells_nothing_gets_the_usual_picture()
    {
        var rate = new PictureRate(Limits);
        rate.Begin(Agreed with { Extensions = [] }, TimeSpan.Zero);

        rate.OnTimeout(TimeSpan.FromSeconds(1));

        Assert.Equal(Limits.MaximumBps, rate.TargetBps);
    }

    [Fact]
    public void A_relay_that_tells_when_packets_came_is_begun_with_at_half()
    {
        var rate = Measured();

        rate.OnTimeout(TimeSpan.FromSeconds(1));

        Assert.Equal(Limits.StartBps, rate.TargetBps);
        Assert.InRange(rate.EncoderBps, 500_000, 599_000); // headers take the rest
    }

    [Theory]
    [InlineData(300_000, 300_000)]
    [InlineData(5_000_000, 600_000)]
    [InlineData(10, 50_000)]
    public void The_pupils_way_bounds_the_picture_too(int toldBps, int expectedBps)
    {
        var rate = Measured();

        Tell(rate, toldBps, Picture);

        Assert.Equal(expectedBps, rate.TargetBps, tolerance: 1_000); // REMB's mantissa is short
    }

    [Fact]
    public void What_is_told_of_another_stream_bounds_nothing()
    {
        var rate = Measured();

        Tell(rate, 100_000, Picture + 1);

        Assert.Equal(Limits.StartBps, rate.TargetBps);
    }

    [Fact]
    public void A_picture_waits_for_the_pace_and_sound_takes_its_room()
    {
        var rate = new PictureRate(Limits);
        var now = TimeSpan.FromSeconds(1);
        for (var i = 0; i < 5; i++) rate.OnSoundSent(1_000, now);

        Assert.True(rate.Wait(now) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, rate.Wait(now + TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void Lost_packets_are_repeated_as_far_as_the_path_carries_them_and_not_all_at_once()
    {
        var rate = new PictureRate(Limits);
        var now = TimeSpan.FromSeconds(1);

        var repeated = RepeatAllThatMay();
        now += TimeSpan.FromMilliseconds(100);
        var later = RepeatAllThatMay();

        Assert.InRange(repeated, 4, 25); // some 300 ms of the path, not 100 packets
        Assert.InRange(later, 4, 25);

        int RepeatAllThatMay()
        {
            var count = 0;
            for (; count < 100 && rate.MayRepeat(now); count++)
            {
                rate.NextSequenceNumber();
                rate.OnSent(1_200, now);
            }

            return count;
        }
    }

    [Fact]
    public void The_way_up_grows_with_what_arrives_and_falls_when_it_comes_late()
    {
        var rate = Measured();
        var reports = new ArrivalReports();
        var now = TimeSpan.FromSeconds(1);

        Send(seconds: 5, late: 0);
        Assert.Equal(Limits.MaximumBps, rate.TargetBps);

        Send(seconds: 2, late: 0.5);
        Assert.InRange(rate.TargetBps, 50_000, 800_000);

        void Send(double seconds, double late)
        {
            var since = now;
            var buffer = new byte[1_200];
            for (var end = now + TimeSpan.FromSeconds(seconds); now < end; now += TimeSpan.FromMilliseconds(10))
            {
                reports.OnPacket(rate.NextSequenceNumber(), now + late * (now - since));
                rate.OnSent(1_500, now); // 1.2 Mbit/s
                var reader = new RtcpReader(buffer.AsSpan(0, reports.WriteDue(buffer, 1, Picture, now)));
                while (reader.TryNext(out var packet)) rate.OnRtcp(packet, Picture, now);
            }
        }
    }

    [Fact]
    public void A_repeated_packet_has_a_transport_wide_number_of_its_own()
    {
        var rate = new PictureRate(Limits);
        using var track = new VideoTrack(Picture, Picture + 1, "0", new CaptureClock(90_000, 0), rate, firstSequence: 100);
        track.Configure(Agreed, VideoCodec.H264);
        byte[] unit = [0, 0, 0, 1, 0x65, 1, 2, 3];
        track.Begin(new OutgoingFrame(MediaKind.Video, unit, unit.Length, 0, VideoCodec.H264));
        var first = new byte[1_300];
        var again = new byte[1_300];

        var firstLength = track.TryTakePacket(first, TimeSpan.Zero);
        var againLength = track.TryResend(100, again, TimeSpan.FromMilliseconds(50));

        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(again.AsSpan(0, againLength), out var repeated));
        Assert.Equal((Picture + 1, 103), (repeated.Ssrc, (int)repeated.PayloadType));
        Assert.Equal(0, NumberOf(first.AsSpan(0, firstLength)));
        Assert.Equal(1, NumberOf(again.AsSpan(0, againLength)));
        var restored = new byte[1_300];
        Assert.True(Rtx.Unwrap(repeated, 102, Picture, restored) > 0);
        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(restored.AsSpan(0, Rtx.Unwrap(repeated, 102, Picture, restored)), out var original));
        Assert.Equal(100, original.SequenceNumber);
        Assert.Equal(unit[4..], original.Payload.ToArray());
    }

    [Theory]
    [InlineData(640, 360, 1_200_000, 150_000)]
    [InlineData(1280, 720, 2_500_000, 312_500)]
    public void A_larger_picture_may_take_more_and_needs_more_to_run_smoothly(int width, int height, int mostBps, int fullFrameRateBps)
    {
        var options = new MediaEngineOptions(new VideoFormat(width, height, 30), ForcedCodec: null);

        Assert.Equal(mostBps, options.Limits.MaximumBps);
        Assert.Equal(fullFrameRateBps, options.FullFrameRateBps);
        Assert.InRange(options.Limits.MinimumBps, 1, fullFrameRateBps);
    }

    private static PictureRate Measured()
    {
        var rate = new PictureRate(Limits);
        rate.Begin(Agreed, TimeSpan.Zero);
        return rate;
    }

    private static int NumberOf(ReadOnlySpan<byte> datagram)
        => RtpPacket.TryParse(datagram, out var packet) == RtpParseError.None && packet.TryGetExtension(2, out var value)
            && RtpExtensions.TryReadTransportSequenceNumber(value, out var number) ? number : -1;

    private static void Tell(PictureRate rate, int bps, uint ssrc)
    {
        var buffer = new byte[64];
        var reader = new RtcpReader(buffer.AsSpan(0, RtcpWriter.WriteRemb(buffer, 1, bps, ssrc)));
        while (reader.TryNext(out var packet)) rate.OnRtcp(packet, Picture, TimeSpan.FromSeconds(1));
    }
}

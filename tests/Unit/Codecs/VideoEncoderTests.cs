using AV1Relay.Codecs;
using Xunit;

namespace AV1Relay.Tests.Unit.Codecs;

public sealed class VideoEncoderTests : IDisposable
{
    private const int Width = 640;
    private const int Height = 360;

    private readonly MovingPicture _picture = new(Width, Height);
    private readonly byte[] _encoded = new byte[VideoEncoder.MaxFrameBytes];

    public void Dispose() => _picture.Dispose();

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Vp8)]
    public void Pictures_come_back_at_once_in_order_and_much_as_they_went_in(VideoCodec codec)
    {
        using var encoder = VideoEncoder.Open(codec, Width, Height, 30, 1_500_000);
        using var decoder = new VideoDecoder(codec);
        for (var n = 0; n < 30; n++)
        {
            _picture.Draw(n);
            Assert.True(encoder.Encode(_picture.Planes, n, forceKeyFrame: false, _encoded, out var length, out var isKey));
            Assert.Equal(n == 0, isKey);
            Assert.True(decoder.Decode(_encoded.AsSpan(0, length), n, out var decoded));
            Assert.Equal((Width, Height, (long)n), (decoded.Width, decoded.Height, decoded.Pts));
            Assert.True(n < 10 || _picture.LumaPsnr(decoded) > 26, $"frame {n}: {_picture.LumaPsnr(decoded):0.0} dB");
        }
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Vp8)]
    public void A_forced_keyframe_can_be_decoded_by_somebody_who_comes_late(VideoCodec codec)
    {
        using var encoder = VideoEncoder.Open(codec, Width, Height, 30, 1_000_000);
        using var decoder = new VideoDecoder(codec);
        for (var n = 0; n < 10; n++)
        {
            _picture.Draw(n);
            encoder.Encode(_picture.Planes, n, forceKeyFrame: n == 7, _encoded, out var length, out var isKey);
            Assert.Equal(n is 0 or 7, isKey);
            if (n == 7)
            {
                Assert.True(decoder.Decode(_encoded.AsSpan(0, length), n, out var decoded));
                Assert.Equal(Width, decoded.Width);
            }
        }
    }

    [Fact]
    public void Each_H264_keyframe_brings_its_parameter_sets_and_is_constrained_baseline_3_1()
    {
        using var encoder = VideoEncoder.Open(VideoCodec.H264, Width, Height, 30, 1_000_000);
        for (var n = 0; n < 6; n++)
        {
            _picture.Draw(n);
            encoder.Encode(_picture.Planes, n, forceKeyFrame: n == 4, _encoded, out var length, out _);
            var units = NalUnits(_encoded.AsSpan(0, length)).Where(unit => unit[0] is not 6).ToList(); // 6: a comment (SEI)
            if (n is 0 or 4)
            {
                Assert.Equal([7, 8, 5], units.Select(unit => unit[0] & 0x1F)); // SPS, PPS, one IDR slice
                Assert.Equal(66, units[0][1]); // baseline
                Assert.Equal(0x40, units[0][2] & 0x40); // constraint_set1: constrained
                Assert.Equal(31, units[0][3]);
            }
            else
            {
                Assert.Equal([1], units.Select(unit => unit[0] & 0x1F));
            }
        }
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Vp8)]
    public void The_output_follows_a_changed_bitrate(VideoCodec codec)
    {
        using var encoder = VideoEncoder.Open(codec, Width, Height, 30, 1_200_000);
        var before = MeasureBps(encoder, firstFrame: 0);
        encoder.SetBitrate(400_000);
        var low = MeasureBps(encoder, firstFrame: 60);
        encoder.SetBitrate(1_200_000);
        var after = MeasureBps(encoder, firstFrame: 120);
        Assert.InRange(low, 200_000, 560_000);
        Assert.InRange(before / low, 1.8, 5);
        Assert.InRange(after / low, 1.8, 5);
    }

    [Fact]
    public void A_small_change_of_the_VP8_bitrate_costs_no_keyframe()
    {
        using var encoder = VideoEncoder.Open(VideoCodec.Vp8, Width, Height, 30, 1_000_000);
        _picture.Draw(0);
        encoder.Encode(_picture.Planes, 0, false, _encoded, out _, out _);
        encoder.SetBitrate(900_000);
        encoder.Encode(_picture.Planes, 1, false, _encoded, out _, out var isKeyAfterSmall);
        encoder.SetBitrate(500_000);
        encoder.Encode(_picture.Planes, 2, false, _encoded, out _, out var isKeyAfterLarge);
        Assert.False(isKeyAfterSmall);
        Assert.True(isKeyAfterLarge);
        Assert.Equal(500_000, encoder.BitrateBps);
    }

    [Fact]
    public void Presentation_times_that_do_not_rise_are_counted_on()
    {
        using var encoder = VideoEncoder.Open(VideoCodec.H264, Width, Height, 30, 1_000_000);
        _picture.Draw(0);
        foreach (var pts in (long[])[5, 5, 3, 100])
        {
            Assert.True(encoder.Encode(_picture.Planes, pts, false, _encoded, out _, out _));
        }
    }

    [Fact]
    public void A_destination_that_is_too_small_is_an_error_and_the_encoder_lives_on()
    {
        using var encoder = VideoEncoder.Open(VideoCodec.H264, Width, Height, 30, 1_000_000);
        _picture.Draw(0);
        Assert.Throws<CodecException>(() => encoder.Encode(_picture.Planes, 0, false, new byte[10], out _, out _));
        Assert.True(encoder.Encode(_picture.Planes, 1, true, _encoded, out _, out var isKey));
        Assert.True(isKey);
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Vp8)]
    public void A_damaged_frame_never_throws(VideoCodec codec)
    {
        using var encoder = VideoEncoder.Open(codec, Width, Height, 30, 600_000);
        using var decoder = new VideoDecoder(codec);
        var random = new Random(3);
        for (var n = 0; n < 40; n++)
        {
            _picture.Draw(n);
            encoder.Encode(_picture.Planes, n, n % 10 == 0, _encoded, out var length, out _);
            _encoded[random.Next(length)] ^= (byte)random.Next(1, 256);
            decoder.Decode(_encoded.AsSpan(0, random.Next(length + 1)), n, out _);
        }
    }

    private static List<byte[]> NalUnits(ReadOnlySpan<byte> accessUnit)
    {
        var units = new List<byte[]>();
        var start = -1;
        for (var i = 0; i + 2 < accessUnit.Length; i++)
        {
            if (accessUnit[i] == 0 && accessUnit[i + 1] == 0 && accessUnit[i + 2] == 1)
            {
                if (start >= 0)
                {
                    units.Add(accessUnit[start..i].TrimEnd((byte)0).ToArray());
                }

                start = i + 3;
            }
        }

        units.Add(accessUnit[start..].ToArray());
        return units;
    }

    private double MeasureBps(VideoEncoder encoder, int firstFrame)
    {
        const int SettleFrames = 20;
        const int Frames = 40;
        long bytes = 0;
        for (var n = 0; n < SettleFrames + Frames; n++)
        {
            _picture.Draw(firstFrame + n);
            encoder.Encode(_picture.Planes, firstFrame + n, false, _encoded, out var length, out _);
            bytes += n < SettleFrames ? 0 : length;
        }

        return bytes * 8.0 * 30 / Frames;
    }
}

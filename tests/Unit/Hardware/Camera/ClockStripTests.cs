using AV1Relay.Codecs;
using AV1Relay.Hardware.Camera;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Camera;

public sealed class ClockStripTests
{
    private const long Time = 17_956_123_456_789; // tenths of a millisecond: in 2026

    [Theory]
    [InlineData(160, 90)]
    [InlineData(640, 360)]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    public void What_was_written_is_read(int width, int height)
    {
        using var frame = new VideoFrame(width, height);
        ClockStrip.Write(frame, Time, new ViewPose(-21.37, 4.01, 2.5), 54321);
        Assert.True(ClockStrip.TryRead(frame, out var reading));
        Assert.Equal(ClockStrip.Wrap(Time), reading.UnixTenthsMs);
        Assert.Equal(-21.37, reading.Pose.Pan, tolerance: 0.005);
        Assert.Equal(4.01, reading.Pose.Tilt, tolerance: 0.005);
        Assert.Equal(2.5, reading.Pose.Zoom, tolerance: 0.003);
        Assert.Equal(54321, reading.FrameCounter);
    }

    [Fact]
    public void The_cells_lie_where_other_readers_look_for_them()
    {
        using var frame = new VideoFrame(640, 360);
        ClockStrip.Write(frame, 1, new ViewPose(0, 0, 1), 0);
        int Cell(int row, int index) => frame.Y[((360 - 16 + (8 * row) + 4) * frame.YStride) + (8 * index) + 4];
        Assert.Equal([235, 16, 235, 16], Enumerable.Range(0, 4).Select(i => Cell(0, i)));
        Assert.Equal(235, Cell(0, 4 + 43)); // the last of 44 time bits
        Assert.Equal(16, Cell(0, 4 + 42));
        Assert.Equal([16, 16, 16, 16, 16, 235, 235, 235], Enumerable.Range(48, 8).Select(i => Cell(0, i))); // CRC-8 of 00 … 01 is 07
        Assert.Equal([235, 16, 235, 16], Enumerable.Range(0, 4).Select(i => Cell(1, i)));
        Assert.Equal(16, Cell(1, 79));

        // pan 0 is 18,000 = 0100 0110 0101 0000
        Assert.Equal("0100011001010000", string.Concat(Enumerable.Range(4, 16).Select(i => Cell(1, i) > 125 ? '1' : '0')));
        Assert.Equal(128, frame.U[(172 * frame.UStride) + 10]);
    }

    [Theory]
    [InlineData(-500, -200, 0)]
    [InlineData(500, 600, 99)]
    public void Values_that_do_not_fit_are_clamped(double pan, double tilt, double zoom)
    {
        using var frame = new VideoFrame(640, 360);
        ClockStrip.Write(frame, long.MaxValue, new ViewPose(pan, tilt, zoom), 0);
        Assert.True(ClockStrip.TryRead(frame, out var reading));
        Assert.Equal((1L << ClockStrip.TimeBits) - 1, reading.UnixTenthsMs);
    }

    [Fact]
    public void One_flipped_cell_is_noticed()
    {
        for (var cell = 0; cell < 72; cell++)
        {
            for (var row = 0; row < 2; row++)
            {
                if (row == 0 && cell >= 56)
                {
                    continue; // unused
                }

                using var frame = new VideoFrame(640, 360);
                ClockStrip.Write(frame, Time, new ViewPose(1, 2, 3), 4);
                for (var y = 0; y < 8; y++)
                {
                    var line = frame.Y.Slice(((360 - 16 + (8 * row) + y) * frame.YStride) + (8 * cell), 8);
                    line.Fill((byte)(251 - line[0]));
                }

                Assert.False(ClockStrip.TryRead(frame, out _), $"row {row} cell {cell}");
            }
        }
    }

    [Fact]
    public void A_picture_without_a_strip_has_no_reading()
    {
        using var frame = new VideoFrame(640, 360);
        Assert.False(ClockStrip.TryRead(frame, out _));
        Assert.False(ClockStrip.TryRead([], 640, 640, 360, out _));
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Vp8)]
    public async Task It_survives_the_codec_at_600_kilobits_while_the_head_turns(VideoCodec codec)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        var number = 0;
        await using var room = new VirtualClassroom(VideoFormat.Small, () => new ViewPose(number * 1.5, 0, 1), time);
        using var frame = new VideoFrame(VideoFormat.Small);
        using var encoder = VideoEncoder.Open(codec, 640, 360, 30, 600_000);
        using var decoder = new VideoDecoder(codec);
        var encoded = new byte[VideoEncoder.MaxFrameBytes];
        var bytes = 0;
        for (; number < 45; number++)
        {
            Assert.True(await room.ReadAsync(frame, CancellationToken.None));
            time.Advance(TimeSpan.FromMilliseconds(33.4));
            var planes = new I420Planes(frame.YPointer, frame.YStride, frame.UPointer, frame.UStride, frame.VPointer, frame.VStride);
            Assert.True(encoder.Encode(planes, number, number == 20, encoded, out var length, out _));
            bytes += length;
            Assert.True(decoder.Decode(encoded.AsSpan(0, length), number, out var picture));
            Assert.True(TryRead(picture, out var reading), $"frame {number}");
            Assert.Equal(ClockStrip.Wrap(frame.CapturedAtUnixTenthsMs), reading.UnixTenthsMs);
            Assert.Equal(number * 1.5, reading.Pose.Pan, tolerance: 0.006);
        }

        Assert.InRange(bytes * 8 * 30 / 45, 100_000, 900_000);
    }

    private static unsafe bool TryRead(in DecodedPicture picture, out ClockStripReading reading)
    {
        var planes = picture.Planes;
        var luma = new ReadOnlySpan<byte>((byte*)planes.Y, planes.YStride * picture.Height);
        return ClockStrip.TryRead(luma, planes.YStride, picture.Width, picture.Height, out reading);
    }
}

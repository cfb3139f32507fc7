using AV1Relay.Hardware.Camera;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Camera;

public sealed class VirtualClassroomTests : IAsyncDisposable
{
    private static readonly VideoFormat Format = VideoFormat.Small;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.Zero));
    private readonly VirtualClassroom _room;
    private readonly VideoFrame _frame = new(Format);
    private ViewPose _pose = new(0, 0, 1);

    public VirtualClassroomTests() => _room = new VirtualClassroom(Format, () => _pose, _time);

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        _frame.Dispose();
    }

    [Fact]
    public void Turning_the_head_left_moves_the_picture_right()
    {
        // The left edge of the board against the wall: light to dark, in the row through the board's middle.
        var ahead = BoardEdge(new ViewPose(0, 0, 1));
        var turned = BoardEdge(new ViewPose(6, 0, 1));
        Assert.Equal(6 * 640 / VirtualClassroom.HorizontalFieldOfView, turned - ahead, tolerance: 1.5);
    }

    [Fact]
    public void A_hundredth_of_a_degree_more_is_another_strip_and_a_degree_another_picture()
    {
        _room.Draw(_frame, new ViewPose(10, 0, 1), 0);
        var before = _frame.Y.ToArray();
        _room.Draw(_frame, new ViewPose(11, 0, 1), 0);
        var changed = before.Zip(_frame.Y.ToArray()).Count(pair => Math.Abs(pair.First - pair.Second) > 10);
        Assert.True(changed > 5000, $"{changed} pixels changed");
    }

    [Fact]
    public void Zooming_in_makes_the_board_wider()
    {
        var wide = DarkPixels(new ViewPose(ClassroomPresets.Board, 1));
        var near = DarkPixels(new ViewPose(ClassroomPresets.Board, 2));
        Assert.True(near > 1.6 * wide, $"{wide} then {near}");
    }

    [Theory]
    [InlineData(-150, -25)]
    [InlineData(-150, 30)]
    [InlineData(150, 30)]
    [InlineData(150, -25)]
    public void Every_corner_of_the_heads_range_shows_room(double pan, double tilt)
    {
        for (var zoom = 1; zoom <= 4; zoom++)
        {
            _room.Draw(_frame, new ViewPose(pan, tilt, zoom), 0);
            Assert.True(ClockStrip.TryRead(_frame, out var reading));
            Assert.Equal(pan, reading.Pose.Pan, tolerance: 0.005);
            foreach (var luma in _frame.Y.Slice(320 * _frame.YStride, 640))
            {
                Assert.InRange(luma, 16, 235);
            }
        }
    }

    [Fact]
    public void The_teacher_moves_while_the_head_rests()
    {
        _room.Draw(_frame, new ViewPose(ClassroomPresets.Teacher, 1), 0);
        var before = _frame.Y.ToArray();
        _time.Advance(TimeSpan.FromSeconds(1.3));
        _room.Draw(_frame, new ViewPose(ClassroomPresets.Teacher, 1), 0);
        Assert.True(before.Zip(_frame.Y.ToArray()).Count(pair => pair.First != pair.Second) > 500);
    }

    [Fact]
    public async Task A_frame_comes_at_each_interval_and_late_readers_skip()
    {
        Assert.True(await _room.ReadAsync(_frame, CancellationToken.None));
        var next = _room.ReadAsync(_frame, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(33));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(ClockStrip.TryRead(_frame, out var second));
        Assert.Equal(1, second.FrameCounter);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await _room.ReadAsync(_frame, CancellationToken.None));
        Assert.True(ClockStrip.TryRead(_frame, out var late));
        Assert.InRange(late.FrameCounter, 30, 32);
    }

    [Fact]
    public async Task The_strip_tells_time_and_pose_of_the_capture()
    {
        _pose = new ViewPose(12.34, -5.6, 1.5);
        await _room.ReadAsync(_frame, CancellationToken.None);
        Assert.True(ClockStrip.TryRead(_frame, out var reading));
        Assert.Equal(ClockStrip.Wrap(_time.GetUtcNow().ToUnixTimeMilliseconds() * 10), reading.UnixTenthsMs);
        Assert.Equal(_frame.CapturedAtUnixTenthsMs & ((1L << 44) - 1), reading.UnixTenthsMs);
        Assert.Equal(12.34, reading.Pose.Pan, tolerance: 0.005);
    }

    private int BoardEdge(ViewPose pose)
    {
        _room.Draw(_frame, pose, 0);
        var row = _frame.Y.Slice(110 * _frame.YStride, 640);
        for (var x = 1; x < row.Length; x++)
        {
            if (row[x] < 110 && row[x - 1] >= 110)
            {
                return x;
            }
        }

        return -1;
    }

    private int DarkPixels(ViewPose pose)
    {
        _room.Draw(_frame, pose, 0);
        return _frame.Y[..(340 * _frame.YStride)].ToArray().Count(luma => luma is > 60 and < 110);
    }
}

using AV1Relay.Hardware;
using AV1Relay.Hardware.Camera;
using AV1Relay.Hardware.Linux.Camera;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux.Camera;

public sealed class V4l2CameraTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.Zero));
    private readonly VideoFrame _picture = new(VideoFormat.Small);
    private double _zoom = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public V4l2CameraTests() => _time.Advance(TimeSpan.FromHours(1));

    public void Dispose() => _picture.Dispose();

    [Fact]
    public async Task The_newest_picture_is_given_and_every_older_one_goes_back_unread()
    {
        var node = new FakeVideoNode(_time);
        await using var camera = Open(node);
        node.Take(luma: 20);
        node.Take(luma: 50);
        node.Take(luma: 80);
        Assert.True(await camera.ReadAsync(_picture, Token));
        Assert.Equal(80, _picture.Y[0]);
        Assert.Equal(4, node.Empty);
    }

    [Fact]
    public async Task A_picture_that_lay_too_long_or_is_damaged_is_not_shown()
    {
        var node = new FakeVideoNode(_time);
        await using var camera = Open(node);
        for (var n = 0; n < 4; n++) node.Take(luma: 20, age: TimeSpan.FromMilliseconds(200 - (33 * n))); // and then there was no buffer for another
        var reading = camera.ReadAsync(_picture, Token).AsTask();
        await WaitUntil(() => node.Empty == 4);
        node.Take(luma: 50, flags: V4l2Buffer.IsDamaged);
        await WaitUntil(() => node.Empty == 4);
        Assert.False(reading.IsCompleted);
        node.Take(luma: 80);
        Assert.True(await reading);
        Assert.Equal(80, _picture.Y[0]);
    }

    [Fact]
    public async Task A_camera_that_is_slow_in_a_dim_room_is_shown_however_late_its_pictures_are()
    {
        var node = new FakeVideoNode(_time) { IsSilent = true };
        await using var camera = Open(node);
        for (byte n = 1; n < 4; n++)
        {
            node.Take(luma: n, age: TimeSpan.FromMilliseconds(100)); // ten a second, stamped as the first of it came
            Assert.True(await camera.ReadAsync(_picture, Token));
            Assert.Equal(n, _picture.Y[0]);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public async Task A_camera_whose_pictures_are_all_marked_as_damaged_has_a_bad_cable()
    {
        var node = new FakeVideoNode(_time) { IsSilent = true };
        await using var camera = Open(node);
        node.Take(luma: 20, flags: V4l2Buffer.IsDamaged);
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await camera.ReadAsync(_picture, Token));
        Assert.Equal(HardwareFault.Noisy, problem.Fault);
        Assert.Contains("another cable", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_shorter_than_its_size_is_not_read_beyond_its_end()
    {
        var node = new FakeVideoNode(_time);
        await using var camera = Open(node);
        var reading = camera.ReadAsync(_picture, Token).AsTask();
        node.Take(new byte[(640 * 2 * 360) - 1]);
        await WaitUntil(() => node.Empty == 4);
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(33));
        node.Take(luma: 80);
        Assert.True(await reading);
        Assert.Equal(80, _picture.Y[0]);
    }

    [Theory]
    [InlineData(640u, 360u, 0u, (uint)PixelFormat.Yuyv)]
    [InlineData(640u, 360u, 1279u, (uint)PixelFormat.Yuyv)]
    [InlineData(640u, 360u, 70_000u, (uint)PixelFormat.Yuyv)]
    [InlineData(640u, 360u, 0x8000_0500u, (uint)PixelFormat.Yuyv)]
    [InlineData(8u, 360u, 1280u, (uint)PixelFormat.Yuyv)]
    [InlineData(640u, 20_000u, 1280u, (uint)PixelFormat.Yuyv)]
    [InlineData(0x8000_0280u, 360u, 1280u, (uint)PixelFormat.Yuyv)]
    [InlineData(640u, 360u, 1280u, 0u)]
    public void A_camera_whose_sizes_can_not_be_true_is_refused_and_closed(uint width, uint height, uint stride, uint pixels)
    {
        var node = new FakeVideoNode(_time) { Says = format => format with { Width = width, Height = height, BytesPerLine = stride, PixelFormat = pixels } };
        Assert.Equal(HardwareFault.Noisy, Assert.Throws<HardwareException>(() => Open(node)).Fault);
        Assert.True(node is { IsClosed: true, Mapped: 0 });
    }

    [Fact]
    public async Task Rows_that_are_longer_than_the_picture_says_are_not_read_beyond_its_end()
    {
        var node = new FakeVideoNode(_time) { Says = format => format with { BytesPerLine = 1 << 16 } }; // 23 MB, of a buffer of 4
        await using var camera = Open(node);
        var reading = camera.ReadAsync(_picture, Token).AsTask();
        node.Take(luma: 80);
        await WaitUntil(() => node.Empty == 4);
        Assert.False(reading.IsCompleted);
        node.FailNow(V4l2Request.Dequeue, V4l2Errors.NoDevice);
        await Assert.ThrowsAsync<HardwareException>(() => reading);
    }

    [Fact]
    public async Task A_picture_in_a_buffer_that_it_was_not_given_is_a_named_fault()
    {
        var node = new FakeVideoNode(_time);
        await using var camera = Open(node);
        node.TakeInto(99);
        await Assert.ThrowsAsync<HardwareException>(async () => await camera.ReadAsync(_picture, Token));
    }

    [Fact]
    public async Task One_that_is_twice_as_fast_as_asked_for_is_thinned_out()
    {
        var node = new FakeVideoNode(_time);
        await using var camera = Open(node);
        node.Take(luma: 20);
        Assert.True(await camera.ReadAsync(_picture, Token));
        _time.Advance(TimeSpan.FromMilliseconds(16));
        node.Take(luma: 50);
        var reading = camera.ReadAsync(_picture, Token).AsTask();
        await WaitUntil(() => node.Empty == 4);
        _time.Advance(TimeSpan.FromMilliseconds(16));
        node.Take(luma: 80);
        Assert.True(await reading);
        Assert.Equal(80, _picture.Y[0]);
    }

    [Fact]
    public async Task It_is_stamped_with_the_time_of_the_shutter_not_of_the_reading()
    {
        var node = new FakeVideoNode(_time);
        await using var camera = Open(node);
        node.Take(luma: 20, age: TimeSpan.FromMilliseconds(30));
        Assert.True(await camera.ReadAsync(_picture, Token));
        Assert.Equal(_time.GetElapsedTime(0) - TimeSpan.FromMilliseconds(30), _picture.CapturedAt);
        Assert.Equal((_time.GetUtcNow().ToUnixTimeMilliseconds() - 30) * 10, _picture.CapturedAtUnixTenthsMs);
    }

    [Theory]
    [InlineData(V4l2Errors.NoDevice, HardwareFault.Missing, "privacy switch")]
    [InlineData(V4l2Errors.InputOutput, HardwareFault.Missing, "not plugged in")]
    public async Task A_camera_that_goes_while_it_is_read_is_a_named_fault_and_closes(int error, HardwareFault fault, string words)
    {
        var node = new FakeVideoNode(_time);
        var camera = Open(node);
        var reading = camera.ReadAsync(_picture, Token).AsTask();
        node.FailNow(V4l2Request.Dequeue, error);
        var problem = await Assert.ThrowsAsync<HardwareException>(() => reading);
        Assert.Equal(fault, problem.Fault);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        node.Fails[V4l2Request.StreamOff] = error;
        await camera.DisposeAsync();
        Assert.True(node is { IsClosed: true, Mapped: 0 });
    }

    [Fact]
    public async Task A_camera_that_gives_no_pictures_is_silent_after_three_seconds()
    {
        var node = new FakeVideoNode(_time) { IsSilent = true };
        await using var camera = Open(node);
        var before = _time.GetTimestamp();
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await camera.ReadAsync(_picture, Token));
        Assert.Equal(HardwareFault.Silent, problem.Fault);
        Assert.Equal(3, _time.GetElapsedTime(before).TotalSeconds, tolerance: 0.1);
    }

    [Theory]
    [InlineData(V4l2Errors.Busy, HardwareFault.Refused, "another program")]
    [InlineData(V4l2Errors.NoSpace, HardwareFault.Refused, "USB bus")]
    public void One_that_does_not_start_says_why_and_keeps_nothing_open(int error, HardwareFault fault, string words)
    {
        var node = new FakeVideoNode(_time) { Fails = { [V4l2Request.StreamOn] = error } };
        var problem = Assert.Throws<HardwareException>(() => Open(node));
        Assert.Equal(fault, problem.Fault);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.True(node is { IsClosed: true, Mapped: 0 });
    }

    [Fact]
    public async Task Closed_it_is_off_at_the_source()
    {
        var node = new FakeVideoNode(_time);
        var camera = Open(node);
        Assert.True(node.IsStreaming);
        await camera.DisposeAsync();
        Assert.True(node is { IsStreaming: false, IsClosed: true, Mapped: 0 });
    }

    [Fact]
    public async Task Zoom_shows_the_middle_of_what_the_camera_takes_in_at_its_own_sharpness()
    {
        var node = new FakeVideoNode(_time) { Modes = [new(PixelFormat.Yuyv, 1280, 720, 1, 30)] };
        await using var camera = Open(node);
        _zoom = 2;
        node.Take(luma: 0);
        Assert.True(await camera.ReadAsync(_picture, Token));
        Assert.Equal(320 / 8, _picture.Y[0]); // the ramp of the 1280 columns, from the 320th on, pixel for pixel
        Assert.Equal(959 / 8, _picture.Y[639]);

        _time.Advance(TimeSpan.FromMilliseconds(33));
        _zoom = 1;
        node.Take(luma: 0);
        Assert.True(await camera.ReadAsync(_picture, Token));
        Assert.Equal(0, _picture.Y[0]);
        Assert.Equal(1279 / 8, _picture.Y[639]);
    }

    [Fact]
    public async Task Motion_JPEG_is_decoded_and_a_damaged_picture_passed_over()
    {
        var node = new FakeVideoNode(_time) { Modes = [new(PixelFormat.Mjpeg, 1280, 720, 1, 30), new(PixelFormat.Yuyv, 1280, 720, 1, 5)] };
        using var decoded = new VideoFrame(1280, 720);
        decoded.Fill(255, 128, 128);
        var decoder = new Decoder(decoded);
        await using var camera = V4l2Camera.Open(() => node, VideoFormat.Small, () => _zoom, decoder, _time);
        Assert.Contains("Mjpeg", camera.Description, StringComparison.Ordinal);
        var reading = camera.ReadAsync(_picture, Token).AsTask();
        node.Take([0xFF, 0xD8, 1]);
        await WaitUntil(() => decoder.Calls == 1);
        node.Take("picture"u8);
        Assert.False(reading.IsCompleted && !reading.IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromMilliseconds(33));
        node.Take("picture"u8);
        Assert.True(await reading);
        Assert.Equal(235, _picture.Y[0]); // JPEG's white is 255, video's 235
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private V4l2Camera Open(FakeVideoNode node) => V4l2Camera.Open(() => node, VideoFormat.Small, () => _zoom, null, _time);

    private sealed class Decoder(VideoFrame picture) : IPictureDecoder
    {
        public int Calls { get; private set; }

        public bool TryDecode(ReadOnlySpan<byte> encoded, out PlanarPicture decoded)
        {
            decoded = PlanarPicture.Of(picture) with { IsFullRange = true };
            Calls++;
            return encoded.SequenceEqual("picture"u8);
        }

        public void Dispose()
        {
        }
    }
}

using AV1Relay.Hardware.Camera;
using AV1Relay.Tests.Unit.Hardware.Linux.Camera;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Camera;

/// <summary>What every camera does, painted or real.</summary>
public abstract class VideoSourceContract
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_pictures_of_its_format_one_after_the_other_stamped_by_both_clocks()
    {
        await using var camera = Open(VideoFormat.Small);
        using var picture = new VideoFrame(camera.Format);
        var last = TimeSpan.MinValue;
        for (var n = 0; n < 3; n++)
        {
            Assert.True(await camera.ReadAsync(picture, Token));
            Assert.True(picture.CapturedAt > last, $"{picture.CapturedAt} after {last}");
            last = picture.CapturedAt;
            var wall = DateTimeOffset.UnixEpoch.AddTicks(picture.CapturedAtUnixTenthsMs * (TimeSpan.TicksPerMillisecond / 10));
            Assert.InRange((TimeProvider.System.GetUtcNow() - wall).TotalSeconds, -0.05, 1);
            Assert.InRange((TimeProvider.System.GetElapsedTime(0) - picture.CapturedAt).TotalSeconds, 0, 1);
        }

        Assert.Equal(VideoFormat.Small, camera.Format);
        Assert.True(picture.Y.ToArray().Distinct().Count() > 10, "there is something to see");
    }

    [Fact]
    public async Task Closes_within_200_ms_whatever_it_is_doing()
    {
        await AssertClosesAsync(Open(VideoFormat.Small), _ => Task.CompletedTask);
        await AssertClosesAsync(Open(VideoFormat.Small), async camera =>
        {
            using var picture = new VideoFrame(camera.Format);
            await camera.ReadAsync(picture, Token);
        });
    }

    [Fact]
    public async Task A_read_that_is_called_off_ends_within_200_ms()
    {
        await using var camera = Open(VideoFormat.Small);
        using var picture = new VideoFrame(camera.Format);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reading = Task.Run(async () =>
        {
            while (await camera.ReadAsync(picture, stopping.Token))
            {
            }
        }, Token);
        var since = TimeProvider.System.GetTimestamp();
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(TimeProvider.System.GetElapsedTime(since) < Limit);
    }

    private protected abstract IVideoSource Open(VideoFormat format);

    private static async Task AssertClosesAsync(IVideoSource camera, Func<IVideoSource, Task> use)
    {
        await use(camera);
        var since = TimeProvider.System.GetTimestamp();
        await camera.DisposeAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(since) < Limit);
    }
}

public sealed class VirtualClassroomContract : VideoSourceContract
{
    private protected override IVideoSource Open(VideoFormat format) => new VirtualClassroom(format, () => new(0, 0, 1), TimeProvider.System);
}

public sealed class V4l2CameraContract : VideoSourceContract
{
    private protected override IVideoSource Open(VideoFormat format)
    {
        var node = new FakeVideoNode(TimeProvider.System) { FillsByItself = true };
        return AV1Relay.Hardware.Linux.Camera.V4l2Camera.Open(() => node, format, () => 1, null, TimeProvider.System);
    }
}

using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

/// <summary>A camera in a dim room: six seconds of pictures, and then it waits.</summary>
public sealed class CameraLoopTests : IMediaDevices, IVideoSource
{
    private const byte AlmostBlack = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private int _pictures;

    VideoFormat IVideoSource.Format => VideoFormat.Small;

    [Fact]
    public async Task That_it_is_dark_is_told_and_over_when_the_camera_closes()
    {
        var isDark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        CameraLoop? loop = null;
        loop = new CameraLoop(this, new(VideoFormat.Small, null), () => null, () => null, new(), new FakeTimeProvider(), NullLogger.Instance, () =>
        {
            if (loop!.LightHint == LightHint.Dark) isDark.TrySetResult(); // not null: it is started below
        });
        loop.Start();

        await isDark.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await loop.StopAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(LightHint.None, loop.LightHint);
    }

    ValueTask<IVideoSource> IMediaDevices.OpenCameraAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IVideoSource>(this);

    ValueTask<IMicrophone> IMediaDevices.OpenMicrophoneAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<ISpeaker> IMediaDevices.OpenSpeakerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    async ValueTask<bool> IVideoSource.ReadAsync(VideoFrame into, CancellationToken cancellationToken)
    {
        if (_pictures >= 180) await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        into.Fill(AlmostBlack, 128, 128);
        into.CapturedAt = _pictures++ * VideoFormat.Small.FrameInterval;
        return true;
    }

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}

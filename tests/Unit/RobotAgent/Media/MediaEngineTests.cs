using AV1Relay.Codecs;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class MediaEngineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
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

    [Fact]
    public async Task A_camera_that_does_not_close_is_named_and_the_microphone_obeys_all_the_same()
    {
        var time = new FakeTimeProvider();
        var devices = new StuckCamera();
        await using var engine = new MediaEngine(
            new(VideoFormat.Small, null) { Findings = [] }, devices, static () => new HttpClient(), time, NullLoggerFactory.Instance);
        var changes = new SemaphoreSlim(0);
        engine.Changed += () => changes.Release();
        var all = new MediaOrder(new(new Uri("http://127.0.0.1:9/whip"), "token", 1), Camera: true, Microphone: true, Speaker: false, SupportsH264: true);
        engine.Apply(all);
        await UntilAsync(() => engine.Status is { CameraLive: true, MicrophoneLive: true });

        engine.Apply(all with { Camera = false, Microphone = false });
        await UntilAsync(() => engine.Status is { MicrophoneLive: false } status && status.Faults.Any(fault => fault.Contains("camera does not close", StringComparison.Ordinal)));
        engine.Apply(all with { Camera = false });
        await UntilAsync(() => engine.Status.MicrophoneLive);
        engine.Apply(all with { Camera = false, Microphone = false });
        await UntilAsync(() => !engine.Status.MicrophoneLive);

        Assert.True(engine.Status.CameraLive); // it is: nobody is told otherwise
        devices.Closes.SetResult();
        await UntilAsync(() => !engine.Status.CameraLive);

        // While nothing happens, time goes by.
        async Task UntilAsync(Func<bool> condition)
        {
            for (var n = 0; !condition(); n++)
            {
                Assert.True(n < 1000, "It does not happen.");
                if (!await changes.WaitAsync(Patience / 1000, TestContext.Current.CancellationToken)) time.Advance(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    /// <summary>Devices that give nothing, and a camera that closes when the test says so.</summary>
    private sealed class StuckCamera : IMediaDevices
    {
        public TaskCompletionSource Closes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<IVideoSource> OpenCameraAsync(CancellationToken cancellationToken) => new(new Camera(Closes.Task));

        public ValueTask<IMicrophone> OpenMicrophoneAsync(CancellationToken cancellationToken) => new(new Microphone());

        public ValueTask<ISpeaker> OpenSpeakerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        private static async ValueTask<bool> NothingAsync(CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return false;
        }

        private sealed class Camera(Task closes) : IVideoSource
        {
            public VideoFormat Format => VideoFormat.Small;

            public ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken) => NothingAsync(cancellationToken);

            public ValueTask DisposeAsync() => new(closes.WaitAsync(2 * Patience)); // a test that fails is not to hang itself
        }

        private sealed class Microphone : IMicrophone
        {
            public TimeSpan Delay => TimeSpan.Zero;

            public ValueTask<bool> ReadAsync(Memory<short> frame, CancellationToken cancellationToken) => NothingAsync(cancellationToken);

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

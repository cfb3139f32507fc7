using System.Collections.Concurrent;
using AV1Relay.Codecs;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

/// <summary>A camera in a dim room: six seconds of pictures, and then it waits.</summary>
public sealed class CameraLoopTests : IMediaDevices, IPictureWay, IDisposable
{
    private const byte AlmostBlack = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly ManualResetEventSlim _answers = new();
    private readonly SemaphoreSlim _hanging = new(0);
    private readonly SemaphoreSlim _news = new(0);
    private readonly ConcurrentQueue<string> _encoders = new(); // what was opened, and has let go
    private Func<int, KnownEncoder> _wanted = static _ => KnownEncoder.KernelH264; // after so many pictures
    private Predicate<KnownEncoder> _hangs = static _ => false;
    private Predicate<KnownEncoder> _hangsClosing = static _ => false;
    private int _pictures;
    private volatile int _sent;
    private volatile bool _isCameraOpen;

    bool IPictureWay.IsConnected => true;

    int IPictureWay.PictureBps => 1_000_000;

    bool IPictureWay.IsBehind => false;

    [Fact]
    public async Task That_it_is_dark_is_told_and_over_when_the_camera_closes()
    {
        await using var loop = Loop(isConnected: false);
        loop.Start();

        await UntilAsync(() => loop.LightHint == LightHint.Dark);
        await StopAsync(loop);

        Assert.Equal(LightHint.None, loop.LightHint);
    }

    [Fact]
    public async Task Pictures_are_encoded_by_what_was_chosen_and_sent()
    {
        await using var loop = Loop();
        loop.Start();

        await UntilAsync(() => _sent >= 10);

        Assert.Equal(KnownEncoder.KernelH264, loop.EncoderInUse);
        await StopAsync(loop);
        Assert.Null(loop.EncoderInUse);
    }

    [Fact]
    public async Task An_encoder_that_hangs_does_not_hold_the_camera_open()
    {
        _hangs = static _ => true;
        await using var loop = Loop();
        loop.Start();
        await HangsAsync();
        Assert.True(_isCameraOpen);

        await StopAsync(loop);

        Assert.False(_isCameraOpen);
        Assert.Equal(0, _sent);
    }

    [Fact]
    public async Task What_it_makes_after_it_was_given_up_is_sent_to_nobody()
    {
        _hangs = static _ => true;
        await using var loop = Loop();
        loop.Start();
        await HangsAsync();
        await StopAsync(loop);

        _answers.Set();
        await UntilAsync(() => _encoders.Contains("h264_v4l2m2m let go"));

        Assert.Equal(0, _sent);
    }

    [Fact]
    public async Task Hardware_that_hangs_is_named_and_software_takes_its_place()
    {
        _hangs = static encoder => encoder.IsHardware;
        await using var loop = Loop();
        loop.Start();
        await HangsAsync();

        Assert.Contains("h264_v4l2m2m hangs", await FaultAsync(loop), StringComparison.Ordinal);
        await UntilAsync(() => _sent > 0, TimeSpan.FromSeconds(1));
        Assert.Equal(KnownEncoder.X264, loop.EncoderInUse);
        Assert.Null(loop.Fault);
    }

    [Fact]
    public async Task Hardware_that_hung_when_the_camera_closed_is_not_tried_again()
    {
        _hangs = static encoder => encoder.IsHardware;
        await using var loop = Loop();
        loop.Start();
        await HangsAsync();
        await StopAsync(loop);

        loop.Start();
        await UntilAsync(() => _sent > 0, TimeSpan.FromSeconds(1));

        Assert.Equal(KnownEncoder.X264, loop.EncoderInUse);
        Assert.Equal(["h264_v4l2m2m", "libx264"], _encoders);
    }

    [Fact]
    public async Task Hardware_that_hangs_as_it_is_closed_is_not_mistaken_for_what_comes_after_it()
    {
        _wanted = static sent => sent < 5 ? KnownEncoder.KernelH264 : KnownEncoder.Vpx; // the pupil's device turns out to have no H.264
        _hangsClosing = static encoder => encoder.IsHardware;
        await using var loop = Loop();
        loop.Start();
        await HangsAsync();

        Assert.Contains("h264_v4l2m2m hangs", await FaultAsync(loop), StringComparison.Ordinal);
        await UntilAsync(() => _sent > 5, TimeSpan.FromSeconds(1));

        Assert.Equal(KnownEncoder.Vpx, loop.EncoderInUse);
    }

    [Fact]
    public async Task Where_software_hangs_no_more_threads_are_given_to_it()
    {
        _wanted = static _ => KnownEncoder.X264;
        _hangs = static _ => true;
        await using var loop = Loop();
        loop.Start();
        await HangsAsync();
        await StopAsync(loop);

        loop.Start();
        Assert.Contains("restart the robot", await FaultAsync(loop), StringComparison.Ordinal);
        Assert.Equal(["libx264"], _encoders);
    }

    public void Dispose() => _answers.Set(); // what waits for these two may come to them later than this

    ValueTask<IVideoSource> IMediaDevices.OpenCameraAsync(CancellationToken cancellationToken)
    {
        _isCameraOpen = true;
        return ValueTask.FromResult<IVideoSource>(new Camera(this));
    }

    ValueTask<IMicrophone> IMediaDevices.OpenMicrophoneAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<ISpeaker> IMediaDevices.OpenSpeakerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    bool IPictureWay.Send(in OutgoingFrame frame)
    {
        frame.Return();
        _sent++;
        _news.Release();
        return true;
    }

    private CameraLoop Loop(bool isConnected = true) => new(
        this, new(VideoFormat.Small, null), (encoder, _, bitrateBps) => new Encoder(this, encoder, bitrateBps), () => isConnected ? this : null, () => _wanted(_sent), new(),
        _time, NullLogger.Instance, () => _news.Release());

    private static async Task StopAsync(CameraLoop loop) => await loop.StopAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

    private async Task HangsAsync() => Assert.True(await _hanging.WaitAsync(Patience, TestContext.Current.CancellationToken));

    /// <summary>What is said of the camera as soon as something is, after however much time.</summary>
    private async Task<string> FaultAsync(CameraLoop loop)
    {
        string? fault = null;
        await UntilAsync(() => (fault = loop.Fault) is not null, TimeSpan.FromSeconds(1));
        return fault!; // waited for
    }

    /// <summary>Waits for what happens on other threads.</summary>
    /// <param name="step">How much time goes by whenever nothing happens.</param>
    private async Task UntilAsync(Func<bool> condition, TimeSpan step = default)
    {
        for (var n = 0; !condition(); n++)
        {
            Assert.True(n < 1000, "It does not happen.");
            if (!await _news.WaitAsync(Patience / 1000, TestContext.Current.CancellationToken)) _time.Advance(step);
        }
    }

    private sealed class Camera(CameraLoopTests test) : IVideoSource
    {
        public VideoFormat Format => VideoFormat.Small;

        public async ValueTask<bool> ReadAsync(VideoFrame into, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (test._pictures >= 180) await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            into.Fill(AlmostBlack, 128, 128);
            into.CapturedAt = test._pictures++ * VideoFormat.Small.FrameInterval;
            return true;
        }

        public ValueTask DisposeAsync()
        {
            test._isCameraOpen = false;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Encoder : IVideoEncoder
    {
        private readonly CameraLoopTests _test;
        private readonly KnownEncoder _known;

        public Encoder(CameraLoopTests test, KnownEncoder known, int bitrateBps)
        {
            (_test, _known, BitrateBps) = (test, known, bitrateBps);
            test._encoders.Enqueue(known.Name);
        }

        public bool ChangesInPlace => true;

        public int BitrateBps { get; private set; }

        public bool Encode(in I420Planes planes, long pts, bool forceKeyFrame, Span<byte> destination, out int length, out bool isKey)
        {
            HangIf(_test._hangs);
            (length, isKey) = (100, false);
            return true;
        }

        public void SetBitrate(int bitrateBps) => BitrateBps = bitrateBps;

        public void Dispose()
        {
            HangIf(_test._hangsClosing);
            _test._encoders.Enqueue($"{_known.Name} let go");
        }

        private void HangIf(Predicate<KnownEncoder> hangs)
        {
            if (!hangs(_known)) return;
            _test._hanging.Release();
            _test._answers.Wait(2 * Patience); // a test that fails is not to hang itself
        }
    }
}

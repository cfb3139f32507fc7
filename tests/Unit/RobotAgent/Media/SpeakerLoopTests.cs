using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Camera;
using AV1Relay.RobotAgent.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Media;

public sealed class SpeakerLoopTests : IMediaDevices, ISpeaker
{
    private readonly FakeTimeProvider _time = new();
    private readonly SemaphoreSlim _written = new(0);
    private readonly Queue<double> _queuedMs = []; // of each frame's turn; afterwards as much as usual
    private readonly List<double> _writtenAtMs = [];
    private double _nowQueuedMs;

    string ISpeaker.Kind => "test";

    double ISpeaker.BufferedMs => _nowQueuedMs = _queuedMs.TryDequeue(out var next) ? next : 40;

    [Fact]
    public async Task A_tick_that_was_missed_is_made_up_for_so_that_the_speakers_queue_does_not_run_dry()
    {
        await using var loop = await OpenAsync();

        _time.Advance(TimeSpan.FromMilliseconds(20));
        await ExpectAsync(frames: 1);
        _time.Advance(TimeSpan.FromMilliseconds(60)); // held up for three frames
        await ExpectAsync(frames: 3);
        _time.Advance(TimeSpan.FromSeconds(1)); // and for so long that only now counts
        await ExpectAsync(frames: 5);
        Assert.Equal(0, _written.CurrentCount);
    }

    [Fact]
    public async Task Sound_for_a_speaker_that_has_too_much_to_play_is_left_out()
    {
        _queuedMs.Enqueue(120);
        _queuedMs.Enqueue(100);
        _queuedMs.Enqueue(99);
        await using var loop = await OpenAsync();

        _time.Advance(TimeSpan.FromMilliseconds(60));
        await ExpectAsync(frames: 1);

        Assert.Equal([99.0], _writtenAtMs);
    }

    ValueTask<IVideoSource> IMediaDevices.OpenCameraAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<IMicrophone> IMediaDevices.OpenMicrophoneAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    ValueTask<ISpeaker> IMediaDevices.OpenSpeakerAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ISpeaker>(this);

    ValueTask ISpeaker.WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        _writtenAtMs.Add(_nowQueuedMs);
        _written.Release();
        return ValueTask.CompletedTask;
    }

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;

    private async Task<SpeakerLoop> OpenAsync()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = new SpeakerLoop(this, () => null, _time, NullLogger.Instance, () => opened.TrySetResult());
        loop.Start();
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        return loop;
    }

    private async Task ExpectAsync(int frames)
    {
        for (var n = 0; n < frames; n++)
            Assert.True(await _written.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken), $"frame {n} did not come");
    }
}

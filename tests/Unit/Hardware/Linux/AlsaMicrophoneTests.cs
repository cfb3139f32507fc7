using AV1Relay.Hardware;
using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Linux.Audio;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Linux;

public sealed class AlsaMicrophoneTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakePcm _card;
    private readonly AlsaMicrophone _microphone;
    private readonly short[] _frame = new short[PcmFormat.FrameSamples];

    public AlsaMicrophoneTests()
    {
        _card = new(_time, queueSamples: 3840);
        _microphone = new(_card, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _microphone.DisposeAsync();
        _card.Dispose();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_frame_is_given_as_soon_as_it_is_captured()
    {
        var reading = _microphone.ReadAsync(_frame, Cancelled).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
        Assert.Equal(Enumerable.Range(0, 960), _frame.Select(sample => (int)sample));
        Assert.InRange(_microphone.Delay.TotalMilliseconds, 0, 2);
    }

    [Fact]
    public async Task It_tells_how_old_the_sound_is()
    {
        _time.Advance(TimeSpan.FromMilliseconds(35));
        Assert.True(await _microphone.ReadAsync(_frame, Cancelled));
        Assert.Equal(15, _microphone.Delay.TotalMilliseconds, tolerance: 0.1);
    }

    [Fact]
    public async Task Somebody_who_comes_late_hears_what_is_said_now()
    {
        _time.Advance(TimeSpan.FromMilliseconds(75));
        Assert.True(await _microphone.ReadAsync(_frame, Cancelled));
        Assert.InRange(_microphone.Delay.TotalMilliseconds, 0, 20);
        Assert.InRange(_frame[0], 40 * 48, 55 * 48);
        Assert.Equal(1, _microphone.Overruns);
    }

    [Fact]
    public async Task A_queue_that_ran_over_is_begun_anew()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var reading = _microphone.ReadAsync(_frame, Cancelled).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
        Assert.Equal((1, 2), (_card.Recoveries, _card.Starts));
    }

    [Fact]
    public async Task A_card_that_was_unplugged_is_a_named_fault()
    {
        _card.Fail(Alsa.NoDevice);
        _card.RecoverAnswer = Alsa.NoDevice;
        var problem = await Assert.ThrowsAsync<HardwareException>(async () => await _microphone.ReadAsync(_frame, Cancelled));
        Assert.Equal(HardwareFault.Missing, problem.Fault);
        Assert.Contains("privacy switch", problem.Message, StringComparison.Ordinal);
        Assert.Contains("arecord -L", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_recovers_again_and_again_without_a_sound_is_given_up()
    {
        for (var n = 0; n < 100; n++) _card.Fail(-32);
        var reading = _microphone.ReadAsync(_frame, Cancelled).AsTask();
        for (var n = 0; n < 20 && !reading.IsCompleted; n++) _time.Advance(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAsync<HardwareException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
    }

    [Fact]
    public async Task One_that_gives_nothing_is_silent_after_two_seconds()
    {
        _card.Rate = 0;
        var reading = _microphone.ReadAsync(_frame, Cancelled).AsTask();
        for (var n = 0; n < 99; n++) _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.False(reading.IsCompleted);
        for (var n = 0; n < 5; n++) _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(HardwareFault.Silent, (await Assert.ThrowsAsync<HardwareException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), Cancelled))).Fault);
    }

    [Fact]
    public async Task One_that_gives_more_sound_than_time_passes_does_not_flood_the_network()
    {
        await using var microphone = AlsaMicrophone.Open("null", TimeProvider.System); // silence, as much as is asked for
        var problem = await Assert.ThrowsAsync<HardwareException>(async () =>
        {
            for (var n = 0; n < 1000; n++) await microphone.ReadAsync(_frame, Cancelled);
        });
        Assert.Equal(HardwareFault.Noisy, problem.Fault);
    }

    [Fact]
    public async Task Whoever_waits_is_let_go_at_once_and_closing_closes_the_card()
    {
        using var stop = new CancellationTokenSource();
        var reading = _microphone.ReadAsync(_frame, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), Cancelled));
        await _microphone.DisposeAsync();
        Assert.True(_card.IsClosed);
    }

    [Fact]
    public void A_missing_device_says_what_to_check()
    {
        var problem = Assert.Throws<HardwareException>(() => AlsaMicrophone.Open("hw:77,0", TimeProvider.System));
        Assert.Contains("hw:77,0", problem.Message, StringComparison.Ordinal);
        Assert.Contains("arecord -L", problem.Message, StringComparison.Ordinal);
    }
}

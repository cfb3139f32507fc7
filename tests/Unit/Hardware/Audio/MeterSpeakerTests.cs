using AV1Relay.Hardware.Audio;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio;

public sealed class MeterSpeakerTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(440)]
    [InlineData(880)]
    [InlineData(1234)]
    public async Task It_names_a_tone_within_two_hertz_and_its_level_within_half_a_decibel(double hertz)
    {
        var speaker = new MeterSpeaker(_time);
        await PlayAsync(speaker, hertz, amplitude: 0.1, frames: 15);
        var reading = speaker.Read();
        Assert.Equal(hertz, reading.ToneHz, tolerance: 2);
        Assert.True(reading.ToneConfidence > 0.9);
        Assert.Equal(-23, reading.LevelDbfs, tolerance: 0.5); // 0.1 peak is −20, RMS 3 less
    }

    [Fact]
    public async Task Noise_is_no_tone()
    {
        var speaker = new MeterSpeaker(_time);
        var random = new Random(5);
        var frame = new short[PcmFormat.FrameSamples];
        for (var n = 0; n < 15; n++)
        {
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = (short)random.Next(-3000, 3000);
            }

            await speaker.WriteAsync(frame, CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.InRange(speaker.Read().ToneConfidence, 0, 0.3);
    }

    [Fact]
    public async Task It_falls_silent_when_nothing_more_comes()
    {
        var speaker = new MeterSpeaker(_time);
        await PlayAsync(speaker, 880, amplitude: 0.5, frames: 10);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        var reading = speaker.Read();
        Assert.Equal(MeterSpeaker.SilenceDbfs, reading.LevelDbfs);
        Assert.Equal(0, reading.ToneHz);
    }

    [Fact]
    public async Task At_most_120_ms_wait_and_the_writer_waits_with_them()
    {
        var speaker = new MeterSpeaker(_time);
        var write = speaker.WriteAsync(new short[PcmFormat.SampleRate / 5], CancellationToken.None).AsTask();
        Assert.False(write.IsCompleted);
        Assert.Equal(120, speaker.BufferedMs, tolerance: 0.1);
        for (var i = 0; i < 20 && !write.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        await write.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.InRange(speaker.BufferedMs, 90, 120);
    }

    private async Task PlayAsync(MeterSpeaker speaker, double hertz, double amplitude, int frames)
    {
        var frame = new short[PcmFormat.FrameSamples];
        for (var n = 0; n < frames; n++)
        {
            for (var i = 0; i < frame.Length; i++)
            {
                var t = (double)((n * frame.Length) + i) / PcmFormat.SampleRate;
                frame[i] = (short)(amplitude * short.MaxValue * Math.Sin(2 * Math.PI * hertz * t));
            }

            await speaker.WriteAsync(frame, CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }
    }
}

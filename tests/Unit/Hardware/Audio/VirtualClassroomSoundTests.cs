using AV1Relay.Hardware.Audio;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio;

public sealed class VirtualClassroomSoundTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));

    [Theory]
    [InlineData(880)]
    [InlineData(1320)]
    public async Task The_chime_is_found_by_a_meter_at_every_even_second(double hertz)
    {
        var sound = new VirtualClassroomSound(_time, hertz);
        var speaker = new MeterSpeaker(_time);
        var heardAtMs = new List<int>();
        var frame = new short[PcmFormat.FrameSamples];
        for (var ms = 0; ms < 6000; ms += PcmFormat.FrameMilliseconds)
        {
            Assert.True(await sound.ReadAsync(frame, CancellationToken.None));
            await speaker.WriteAsync(frame, CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds));
            var reading = speaker.Read();
            if (Math.Abs(reading.ToneHz - hertz) < 10 && reading.ToneConfidence > 0.5)
            {
                heardAtMs.Add(ms);
            }
        }

        Assert.All(heardAtMs, at => Assert.InRange(at % 2000, 0, 620)); // 400 ms, and the meter looks back 200
        foreach (var start in (int[])[0, 2000, 4000])
        {
            Assert.Contains(heardAtMs, at => at >= start && at < start + 400);
        }
    }

    [Fact]
    public async Task The_voice_is_soft_neither_silent_nor_loud()
    {
        var sound = new VirtualClassroomSound(_time);
        var frame = new short[PcmFormat.FrameSamples];
        double energy = 0, peak = 0;
        var count = 0;
        for (var ms = 0; ms < 12_000; ms += PcmFormat.FrameMilliseconds)
        {
            await sound.ReadAsync(frame, CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds));
            if (ms % 2000 < 450)
            {
                continue; // the chime
            }

            foreach (var sample in frame)
            {
                energy += (double)sample * sample / (32768.0 * 32768.0);
                peak = Math.Max(peak, Math.Abs(sample / 32768.0));
                count++;
            }
        }

        Assert.InRange(10 * Math.Log10(energy / count), -36, -22);
        Assert.InRange(peak, 0.05, 0.6);
    }

    [Fact]
    public async Task A_frame_is_due_every_twenty_milliseconds()
    {
        var sound = new VirtualClassroomSound(_time);
        var frame = new short[PcmFormat.FrameSamples];
        Assert.True(sound.ReadAsync(frame, CancellationToken.None).AsTask().IsCompleted);
        var next = sound.ReadAsync(frame, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }
}

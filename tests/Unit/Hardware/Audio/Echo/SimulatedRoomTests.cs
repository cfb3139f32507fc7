using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio.Echo;

public sealed class SimulatedRoomTests
{
    private static readonly RoomAcoustics Still = new(5, -6, 40, -20, 0.5, -100, -100);

    [Fact]
    public void A_click_comes_back_twice_each_time_as_late_and_as_loud_as_its_path_makes_it()
    {
        var heard = Hear(new SimulatedRoom(Still, 1), 20_000, frames: 4);

        var first = IndexOfPeak(heard, 0);
        var second = IndexOfPeak(heard, first + 480);
        Assert.Equal(35, (second - first) / 48.0, 0.1);
        Assert.Equal(-6, 20 * Math.Log10(heard[first] / 20_000.0), 0.5);
        Assert.Equal(-20, 20 * Math.Log10(heard[second] / 20_000.0), 0.5);
    }

    [Fact]
    public void The_diffuse_rest_dies_down_by_60_dB_in_its_reverberation_time()
    {
        var heard = Hear(new SimulatedRoom(new(1, -100, 2, -100, 0.6, 0, -100), 1), 30_000, frames: 50);

        var early = Rms(heard, 0.1);
        var late = Rms(heard, 0.4);
        Assert.Equal(-30, 20 * Math.Log10(late / early), 6.0); // half of the time, half of the decibels
    }

    [Fact]
    public void The_same_seed_is_the_same_room_and_noise_is_as_loud_as_was_said()
    {
        var acoustics = RoomAcoustics.Furnished with { NoiseDbfs = -40 };
        var one = Hear(new SimulatedRoom(acoustics, 1), 0, frames: 20);

        Assert.Equal(one, Hear(new SimulatedRoom(acoustics, 1), 0, frames: 20));
        Assert.NotEqual(one, Hear(new SimulatedRoom(acoustics, 2), 0, frames: 20));
        Assert.Equal(-40, PcmLevel.Of(one), 0.5);
    }

    [Fact]
    public void A_speaker_whose_clock_runs_faster_empties_its_queue_faster()
    {
        var room = new SimulatedRoom(Still, 1, driftPpm: 1000);
        for (var n = 0; n < 25; n++) room.Play(new short[PcmFormat.FrameSamples]);
        var before = room.BufferedMs;
        for (var n = 0; n < 20; n++) room.Hear([], new short[PcmFormat.FrameSamples]);

        Assert.Equal(400.4, before - room.BufferedMs, 0.05);
    }

    private static short[] Hear(SimulatedRoom room, short click, int frames)
    {
        var played = new short[PcmFormat.FrameSamples];
        for (var i = 0; i < 4; i++) played[100 + i] = 0;
        played[100] = click;
        room.Play(played);
        var heard = new short[frames * PcmFormat.FrameSamples];
        room.Hear([], heard);
        return heard;
    }

    private static int IndexOfPeak(short[] samples, int from)
    {
        var best = from;
        for (var i = from; i < samples.Length; i++) if (Math.Abs((int)samples[i]) > Math.Abs((int)samples[best])) best = i;
        return best;
    }

    private static double Rms(short[] samples, double atSeconds)
    {
        var from = (int)(atSeconds * PcmFormat.SampleRate);
        return Math.Sqrt(samples.Skip(from).Take(4800).Average(sample => (double)sample * sample));
    }
}

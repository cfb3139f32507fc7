using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio.Echo;

/// <summary>What the pupil hears of themself, and of the class, in two simulated rooms.</summary>
public sealed class EchoCancellingTests
{
    public enum Room
    {
        Furnished,
        Bare,
    }

    public enum Sound
    {
        Voice,
        Bursts,
    }

    [Theory]
    [InlineData(Room.Furnished, Sound.Voice)]
    [InlineData(Room.Furnished, Sound.Bursts)]
    [InlineData(Room.Bare, Sound.Voice)]
    [InlineData(Room.Bare, Sound.Bursts)]
    public void Within_two_seconds_the_pupils_echo_is_30_dB_weaker_and_stays_so(Room room, Sound sound)
    {
        var trial = Try(room, sound);
        trial.Run(TimeSpan.FromSeconds(2));

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(1)).ErleDb, 30, 100);
        Assert.InRange(trial.Run(TimeSpan.FromSeconds(7)).ErleDb, 30, 100);
    }

    /// <summary>Voices that begin with a vowel, with a hiss or in the middle of a sentence, in rooms that none of the figures was chosen for.</summary>
    [Theory]
    [InlineData(0.5, -8, 9, 0.3)]
    [InlineData(5.8, -8, 9, 0.3)]
    [InlineData(11.1, -10, 38, 0.6)]
    [InlineData(16.4, -10, 38, 0.6)]
    [InlineData(16.4, -6, 22, 0.45)]
    [InlineData(2.2, -6, 22, 0.45)]
    [InlineData(16.4, -12, 60, 0.8)]
    [InlineData(7.5, -12, 60, 0.8)]
    public void Whoever_speaks_in_whichever_room_each_second_after_the_second_is_30_dB_weaker(double start, double directDb, double reflectionMs, double reverberation)
    {
        var room = RoomAcoustics.Furnished with { DirectDb = directDb, ReflectionMs = reflectionMs, ReverberationSeconds = reverberation };
        var trial = new EchoTrial(new KalmanEchoCanceller(Cleaning.Noise), new SimulatedRoom(room, seed: 4), SpeechLikeSound.Voice(start), SpeechLikeSound.Voice(11, -6));

        var hold = EchoHold.Measure(trial, wantedDb: 30, afterSeconds: 2, seconds: 12);

        Assert.InRange(hold.LeastDb, 30, 100);
        Assert.InRange(hold.FromSeconds, 0, 2);
    }

    [Fact]
    public void Somebody_who_speaks_from_the_beginning_is_kept_while_the_room_is_learnt()
    {
        var trial = Try(Room.Bare, Sound.Voice);
        trial.Run(TimeSpan.FromSeconds(0.6));
        trial.TalkerSpeaks = true;

        var both = trial.Run(TimeSpan.FromSeconds(2));

        Assert.InRange(both.TalkerDb, -3, 1);
        Assert.InRange(both.TalkerLikeness, 0.93, 1);
    }

    [Theory]
    [InlineData(Room.Furnished, Sound.Voice, Clocks.One, 0)]
    [InlineData(Room.Bare, Sound.Voice, Clocks.One, 0)]
    [InlineData(Room.Bare, Sound.Bursts, Clocks.One, 0)]
    [InlineData(Room.Furnished, Sound.Voice, Clocks.Two, 50)]
    [InlineData(Room.Bare, Sound.Voice, Clocks.Two, 50)]
    [InlineData(Room.Bare, Sound.Bursts, Clocks.Two, 50)]
    public void Somebody_who_speaks_at_the_same_time_is_kept_and_unteaches_nothing(Room room, Sound sound, Clocks clocks, double ppm)
    {
        var canceller = new KalmanEchoCanceller(Cleaning.Noise, clocks);
        var trial = Try(room, sound, canceller, ppm);
        trial.Run(TimeSpan.FromSeconds(4));

        trial.TalkerSpeaks = true;
        var both = trial.Run(TimeSpan.FromSeconds(4));
        trial.TalkerSpeaks = false;
        trial.Run(TimeSpan.FromSeconds(0.5)); // the talker's last reverberation
        var after = trial.Run(TimeSpan.FromSeconds(2));

        Assert.InRange(both.TalkerDb, -3, 1);
        Assert.InRange(both.TalkerLikeness, 0.93, 1);
        Assert.InRange(after.ErleDb, 28, 100);
        Assert.InRange(canceller.DriftPpm, 0.8 * ppm - 0.5, 1.2 * ppm + 0.5);
    }

    [Theory]
    [InlineData(Room.Furnished)]
    [InlineData(Room.Bare)]
    public void Somebody_who_speaks_alone_comes_through_as_they_are(Room room)
    {
        var trial = Try(room, Sound.Voice);
        trial.Run(TimeSpan.FromSeconds(4));

        (trial.PupilSpeaks, trial.TalkerSpeaks) = (false, true);
        trial.Run(TimeSpan.FromSeconds(1));
        var alone = trial.Run(TimeSpan.FromSeconds(3));

        Assert.InRange(alone.TalkerDb, -0.5, 0.5);
        Assert.InRange(alone.TalkerLikeness, 0.99, 1);
    }

    [Fact]
    public void After_a_minute_of_silence_the_room_is_still_known()
    {
        var filter = new EchoFilter();
        var (played, rest) = (new float[EchoBlock.Samples], new float[EchoBlock.Samples]);
        var random = new Random(1);
        var before = Hear(blocks: 400, isSilent: false);
        Hear(blocks: 6000, isSilent: true);

        var after = Hear(blocks: 5, isSilent: false);

        Assert.InRange(after / before, 0, 5); // a filter that has forgotten expects eighteen times as much, and cuts whoever speaks near

        double Hear(int blocks, bool isSilent)
        {
            var expected = 0.0;
            for (var n = 0; n < blocks; n++)
            {
                for (var i = 0; i < played.Length; i++) played[i] = isSilent ? 0 : (float)(random.NextDouble() - 0.5);
                filter.Process(played, played, rest); // the echo is what was played
                expected = filter.Residual.ToArray().Sum();
            }

            return expected;
        }
    }

    [Theory]
    [InlineData(Room.Furnished, Room.Bare)]
    [InlineData(Room.Bare, Room.Furnished)]
    public void A_robot_that_is_carried_elsewhere_learns_the_new_room_in_three_seconds(Room first, Room then)
    {
        var room = new SimulatedRoom(Acoustics(first), seed: 1);
        var canceller = new KalmanEchoCanceller(Cleaning.Noise);
        var trial = new EchoTrial(canceller, room, SpeechLikeSound.Bursts(), SpeechLikeSound.Voice(11, -6));
        trial.Run(TimeSpan.FromSeconds(5));

        room.Acoustics = Acoustics(then);
        trial.Run(TimeSpan.FromSeconds(3));

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(2)).ErleDb, 30, 100);
        Assert.InRange(canceller.DriftPpm, -0.5, 0.5); // and takes it for no clock
    }

    [Theory]
    [InlineData(Room.Furnished, Sound.Voice, 20)]
    [InlineData(Room.Furnished, Sound.Voice, -50)]
    [InlineData(Room.Furnished, Sound.Voice, 100)]
    [InlineData(Room.Furnished, Sound.Bursts, 50)]
    [InlineData(Room.Bare, Sound.Voice, -20)]
    [InlineData(Room.Bare, Sound.Voice, 50)]
    [InlineData(Room.Bare, Sound.Bursts, -100)]
    public void Two_devices_that_count_by_two_clocks_lose_30_dB_within_two_seconds_too(Room room, Sound sound, double ppm)
    {
        var canceller = new KalmanEchoCanceller(Cleaning.Noise, Clocks.Two);
        var trial = Try(room, sound, canceller, ppm);
        trial.Run(TimeSpan.FromSeconds(2));

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(1)).ErleDb, 30, 100);
        Assert.InRange(trial.Run(TimeSpan.FromSeconds(7)).ErleDb, 30, 100);
        Assert.InRange(trial.Run(TimeSpan.FromSeconds(30)).ErleDb, 30, 100);
        Assert.InRange(canceller.DriftPpm, ppm - 2, ppm + 2);
    }

    [Theory]
    [InlineData(Room.Furnished, 20)]
    [InlineData(Room.Bare, -50)]
    public void Two_clocks_that_nobody_told_of_are_found_out(Room room, double ppm)
    {
        var canceller = new KalmanEchoCanceller(Cleaning.Noise);
        var trial = Try(room, Sound.Voice, canceller, ppm);
        trial.Run(TimeSpan.FromSeconds(20));

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(20)).ErleDb, 30, 100);
        Assert.InRange(canceller.DriftPpm, ppm - 3, ppm + 3);
    }

    /// <summary>What is not heard goes on to slip away, and so must what is read; and what is but a doubt must not add up.</summary>
    [Theory]
    [InlineData(Clocks.One, 0)]
    [InlineData(Clocks.Two, 50)]
    [InlineData(Clocks.Two, -20)]
    public void The_first_second_after_ten_minutes_of_silence_loses_30_dB(Clocks clocks, double ppm)
    {
        var canceller = new KalmanEchoCanceller(Cleaning.Noise, clocks);
        var trial = Try(Room.Furnished, Sound.Bursts, canceller, ppm);
        trial.Run(TimeSpan.FromSeconds(15));
        trial.PupilSpeaks = false;
        trial.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(clocks == Clocks.One ? 0 : canceller.DriftPpm * 1e-6 * PcmFormat.FrameSamples, canceller.Shift, 1e-9);

        trial.PupilSpeaks = true;

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(1)).ErleDb, 30, 100);
        Assert.InRange(trial.Run(TimeSpan.FromSeconds(5)).ErleDb, 30, 100);
    }

    /// <summary>As in a lesson: the robot is there long before the pupil says anything.</summary>
    [Theory]
    [InlineData(Room.Furnished, 20)]
    [InlineData(Room.Bare, -50)]
    public void Two_clocks_that_parted_before_anything_was_heard_do_no_harm(Room room, double ppm)
    {
        var trial = Try(room, Sound.Voice, new KalmanEchoCanceller(Cleaning.Noise, Clocks.Two), ppm);
        trial.PupilSpeaks = false;
        trial.Run(TimeSpan.FromSeconds(100));

        trial.PupilSpeaks = true;
        trial.Run(TimeSpan.FromSeconds(2));

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(8)).ErleDb, 30, 100);
    }

    /// <summary>Whoever follows a clock that does not slip away loses echo by it.</summary>
    [Theory]
    [InlineData(Room.Furnished, Sound.Voice)]
    [InlineData(Room.Furnished, Sound.Bursts)]
    [InlineData(Room.Bare, Sound.Voice)]
    [InlineData(Room.Bare, Sound.Bursts)]
    public void One_clock_is_never_taken_for_two(Room room, Sound sound)
    {
        var canceller = new KalmanEchoCanceller(Cleaning.Noise);
        var trial = Try(room, sound, canceller, ppm: 0);
        var most = 0.0;
        for (var second = 0; second < 60; second++)
        {
            trial.TalkerSpeaks = second % 10 is > 2 and < 6;
            trial.Run(TimeSpan.FromSeconds(1));
            most = Math.Max(most, Math.Abs(canceller.DriftPpm));
        }

        Assert.InRange(most, 0, 0.5);
    }

    [Fact]
    public void A_fan_is_12_dB_softer_and_the_voice_before_it_is_not()
    {
        var noisy = RoomAcoustics.Furnished with { NoiseDbfs = -48 };
        var trial = new EchoTrial(new KalmanEchoCanceller(Cleaning.Noise), new SimulatedRoom(noisy, seed: 3), SpeechLikeSound.Voice(), SpeechLikeSound.Voice(11, -6))
        {
            PupilSpeaks = false,
        };
        trial.Run(TimeSpan.FromSeconds(4));
        var fan = trial.Run(TimeSpan.FromSeconds(2));
        trial.TalkerSpeaks = true;
        var voice = trial.Run(TimeSpan.FromSeconds(4));

        Assert.InRange(fan.ErleDb, 12, 16);
        Assert.InRange(voice.TalkerDb, -1.5, 0.5);
        Assert.InRange(voice.TalkerLikeness, 0.97, 1);
    }

    [Fact]
    public void A_soft_voice_is_raised_slowly_and_a_fan_is_not()
    {
        var canceller = new KalmanEchoCanceller(Cleaning.All);
        var trial = new EchoTrial(canceller, new SimulatedRoom(RoomAcoustics.Furnished, seed: 3), SpeechLikeSound.Voice(), SpeechLikeSound.Voice(11, -22))
        {
            PupilSpeaks = false,
        };
        trial.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(0, canceller.GainDb);

        trial.TalkerSpeaks = true;
        trial.Run(TimeSpan.FromSeconds(1));
        Assert.InRange(canceller.GainDb, 0, 3.1);
        trial.Run(TimeSpan.FromSeconds(7));
        var raised = trial.Run(TimeSpan.FromSeconds(3));

        Assert.InRange(raised.TalkerDb, 6, 12.1);
        Assert.InRange(raised.TalkerLikeness, 0.95, 1);
    }

    /// <summary>As in a lesson: everything is cleaned, and what is left of the echo must not be taken for the soft voice that was just raised.</summary>
    [Theory]
    [InlineData(Room.Furnished, Sound.Voice)]
    [InlineData(Room.Furnished, Sound.Bursts)]
    [InlineData(Room.Bare, Sound.Voice)]
    [InlineData(Room.Bare, Sound.Bursts)]
    public void After_a_soft_voice_the_pupils_echo_is_not_raised_with_it(Room room, Sound sound)
    {
        var canceller = new KalmanEchoCanceller(Cleaning.All);
        var trial = new EchoTrial(canceller, new SimulatedRoom(Acoustics(room), seed: 1), sound == Sound.Voice ? SpeechLikeSound.Voice() : SpeechLikeSound.Bursts(), SpeechLikeSound.Voice(11, -22));
        trial.Run(TimeSpan.FromSeconds(4));
        (trial.PupilSpeaks, trial.TalkerSpeaks) = (false, true);
        trial.Run(TimeSpan.FromSeconds(12));
        Assert.InRange(canceller.GainDb, 3, SpeechGain.MostDb);

        (trial.PupilSpeaks, trial.TalkerSpeaks) = (true, false);
        trial.Run(TimeSpan.FromSeconds(0.5)); // the talker's last reverberation

        Assert.InRange(trial.Run(TimeSpan.FromSeconds(2)).ErleDb, 30, 100);
        Assert.InRange(trial.Run(TimeSpan.FromSeconds(3)).ErleDb, 30, 100);
    }

    [Fact]
    public void A_soft_voice_stays_raised_while_the_pupil_speaks_too()
    {
        var trial = new EchoTrial(new KalmanEchoCanceller(Cleaning.All), new SimulatedRoom(RoomAcoustics.Furnished, seed: 1), SpeechLikeSound.Voice(), SpeechLikeSound.Voice(11, -22));
        trial.Run(TimeSpan.FromSeconds(4));
        (trial.PupilSpeaks, trial.TalkerSpeaks) = (false, true);
        trial.Run(TimeSpan.FromSeconds(15));

        trial.PupilSpeaks = true;
        var both = trial.Run(TimeSpan.FromSeconds(4));

        Assert.InRange(both.TalkerDb, 7.5, 12.1);
        Assert.InRange(both.TalkerLikeness, 0.84, 1);
    }

    [Fact]
    public void A_loud_voice_is_never_clipped_by_the_gain()
    {
        var gain = new SpeechGain();
        var block = new float[EchoBlock.Samples];
        for (var n = 0; n < 1000; n++)
        {
            var amplitude = n < 900 ? 0.02f : 0.95f; // soft for long, then a shout
            for (var i = 0; i < block.Length; i++) block[i] = amplitude * MathF.Sin(2 * MathF.PI * 440 * ((n * block.Length) + i) / PcmFormat.SampleRate);
            gain.Process(block, prominence: 100, hasEcho: false);
            if (n >= 900) Assert.InRange(block.Max(MathF.Abs), 0.5f, 1f);
        }
    }

    [Fact]
    public void A_quiet_speaker_leaves_the_sound_alone()
    {
        var filter = new EchoFilter();
        var heard = new float[EchoBlock.Samples];
        var rest = new float[EchoBlock.Samples];
        for (var i = 0; i < heard.Length; i++) heard[i] = MathF.Sin(i * 0.1f);

        for (var n = 0; n < 10; n++) filter.Process(heard, new float[EchoBlock.Samples], rest);

        Assert.Equal(heard, rest);
        Assert.DoesNotContain(filter.Residual.ToArray(), power => power != 0);
    }

    [Fact]
    public void Frames_cost_no_memory()
    {
        var canceller = new KalmanEchoCanceller();
        var alignment = new PlayedSound();
        var frame = new short[PcmFormat.FrameSamples];
        var played = new short[PcmFormat.FrameSamples];
        SpeechLikeSound.Bursts().Next(frame);
        Work(5); // what is made once

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(20);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int frames)
        {
            for (var n = 0; n < frames; n++)
            {
                alignment.OnWritten(frame, 40, TimeSpan.FromMilliseconds(20 * n));
                alignment.Read(played, TimeSpan.FromMilliseconds(20 * n));
                canceller.Process(frame, played, frame);
            }
        }
    }

    [Fact]
    public void A_frame_of_another_length_is_refused()
        => Assert.Throws<ArgumentException>(() => new KalmanEchoCanceller().Process(new short[480], new short[480], new short[480]));

    private static RoomAcoustics Acoustics(Room room) => room == Room.Furnished ? RoomAcoustics.Furnished : RoomAcoustics.Bare;

    private static EchoTrial Try(Room room, Sound sound) => Try(room, sound, new KalmanEchoCanceller(Cleaning.Noise), ppm: 0);

    private static EchoTrial Try(Room room, Sound sound, KalmanEchoCanceller canceller, double ppm) => new(
        canceller, new SimulatedRoom(Acoustics(room), seed: 1, ppm),
        sound == Sound.Voice ? SpeechLikeSound.Voice() : SpeechLikeSound.Bursts(), SpeechLikeSound.Voice(11, -6));
}

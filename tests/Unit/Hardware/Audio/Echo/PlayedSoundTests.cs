using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;
using Xunit;

namespace AV1Relay.Tests.Unit.Hardware.Audio.Echo;

public sealed class PlayedSoundTests
{
    private const int Frame = PcmFormat.FrameSamples;
    private const double LeadMs = 4;
    private static readonly double[] Shifts = [0, 1, -1, 1e9, -1e9, double.NaN, double.PositiveInfinity];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    /// <summary>Whatever the loops' lateness, the queue and how coarsely it is told: what is read is what was being played, at most 5 ms early, and at a constant distance.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_read_is_what_was_played_then(int seed)
    {
        var random = new Random(seed);
        var (queuedMs, lateMs, coarseMs) = (20 + (60 * random.NextDouble()), 12 * random.NextDouble(), 5 * random.NextDouble());
        var bench = new Bench(random, queuedMs) { LateMs = lateMs, CoarseMs = coarseMs };
        bench.Run(seconds: 4);

        var distances = bench.Run(seconds: 4);

        Assert.All(distances, distance => Assert.InRange(distance, LeadMs - coarseMs - 1, LeadMs + 2));
        Assert.InRange(distances.Max() - distances.Min(), 0, 0.01);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(-80)]
    [InlineData(200)]
    public void What_is_read_goes_on_as_much_faster_as_is_asked(double ppm)
    {
        var bench = new Bench(new Random(3), 40) { DriftPpm = ppm, LateMs = 2, Shift = ppm * 1e-6 * Frame };
        bench.Run(seconds: 60);

        var distances = bench.Run(seconds: 60);

        Assert.InRange(distances.Max() - distances.Min(), 0, 0.02); // as exact as a ramp of whole numbers tells
    }

    [Theory]
    [InlineData(150)]
    [InlineData(-150)]
    public void Two_clocks_that_nobody_tells_of_never_part_by_more_than_the_canceller_looks_back(double ppm)
    {
        var bench = new Bench(new Random(3), 40) { DriftPpm = ppm, LateMs = 2 };

        var distances = bench.Run(seconds: 120);

        Assert.All(distances, distance => Assert.InRange(distance, LeadMs - 3.7, LeadMs + 4));
    }

    [Fact]
    public void A_queue_that_ran_dry_is_silence_in_between()
    {
        var bench = new Bench(new Random(1), 40);
        bench.Run(seconds: 3);

        bench.Pause(milliseconds: 150);
        bench.Run(seconds: 0.2);
        var distances = bench.Run(seconds: 3);

        Assert.All(distances, distance => Assert.InRange(distance, LeadMs - 1, LeadMs + 2));
    }

    [Fact]
    public void Sound_that_the_microphone_lost_is_found_out_within_three_seconds()
    {
        var bench = new Bench(new Random(1), 40);
        bench.Run(seconds: 3);

        bench.LoseHeard(milliseconds: 60);
        bench.Run(seconds: 3.1);
        var distances = bench.Run(seconds: 3);

        Assert.All(distances, distance => Assert.InRange(distance, LeadMs - 1, LeadMs + 2));
    }

    [Fact]
    public void Before_anything_is_played_there_is_silence()
    {
        var frame = new short[Frame];
        frame[0] = 1;

        new PlayedSound().Read(frame, TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(frame, sample => sample != 0);
    }

    [Fact]
    public void What_is_older_than_the_ring_is_silence_and_not_something_newer()
    {
        var sound = new PlayedSound();
        var frame = new short[Frame];
        for (var n = 0; n < 150; n++)
        {
            Array.Fill(frame, (short)1000);
            sound.OnWritten(frame, bufferedMs: 900, TimeSpan.FromMilliseconds(20 * n)); // a queue longer than 680 ms
            sound.Read(frame, TimeSpan.FromMilliseconds(20 * n));
            Assert.DoesNotContain(frame, sample => sample != 0);
        }
    }

    [Fact]
    public void What_was_played_is_forgotten_when_the_speaker_closes()
    {
        var bench = new Bench(new Random(1), 40);
        bench.Run(seconds: 1);
        bench.Sound.Clear();
        var frame = new short[Frame];

        bench.Sound.Read(frame, bench.Now);

        Assert.DoesNotContain(frame, sample => sample != 0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Hostile_numbers_do_no_harm(int seed)
    {
        var random = new Random(seed);
        var sound = new PlayedSound();
        var frame = new short[Frame];
        for (var n = 0; n < 200; n++)
        {
            var now = TimeSpan.FromMilliseconds(random.NextInt64(0, 100_000_000));
            if (random.Next(2) == 0) sound.OnWritten(frame.AsSpan(0, random.Next(Frame)), (random.NextDouble() - 0.2) * 100_000, now);
            else sound.Read(frame, now, Shifts[random.Next(Shifts.Length)]);
        }
    }

    /// <summary>A speaker that plays a ramp, so that each sample says when it was played, and a microphone; each by its clock.</summary>
    private sealed class Bench(Random random, double queuedMs)
    {
        private const double Slope = 0.5; // a sample: exact enough in 16 bits, and does not wrap within the ring
        private readonly short[] _frame = new short[Frame];
        private long _written; // by the speaker's clock, gaps included
        private double _ms;
        private double _dryMs; // the speaker stood still for so long

        public PlayedSound Sound { get; } = new();

        public double LateMs { get; init; }

        public double CoarseMs { get; init; }

        public double DriftPpm { get; init; }

        /// <summary>Samples more than a frame.</summary>
        public double Shift { get; init; }

        public TimeSpan Now => TimeSpan.FromMilliseconds(_ms);

        private double Playing(double ms) => (ms - _dryMs) * 48 * (1 + (DriftPpm * 1e-6));

        /// <returns>How far ahead of what was being played at the end of each frame the end of what was read is, ms.</returns>
        public List<double> Run(double seconds)
        {
            List<double> distances = [];
            for (var end = _ms + (seconds * 1000); _ms < end; _ms += 20)
            {
                while ((_written - Playing(_ms)) / 48 < queuedMs)
                {
                    for (var i = 0; i < Frame; i++) _frame[i] = Ramp(_written++);
                    var late = random.NextDouble() * LateMs;
                    Sound.OnWritten(_frame, ((_written - Playing(_ms + late)) / 48) + (random.NextDouble() * CoarseMs), TimeSpan.FromMilliseconds(_ms + late));
                }

                Sound.Read(_frame, TimeSpan.FromMilliseconds(_ms + 20 + (random.NextDouble() * LateMs)), Shift);
                if (Mean(_frame) is { } mean) distances.Add(Unwrap(mean + (Slope * (Frame - 1) / 2), Playing(_ms + 20)) / 48);
            }

            return distances;
        }

        public void Pause(double milliseconds)
        {
            var dryAt = _written / (48 * (1 + (DriftPpm * 1e-6))) + _dryMs;
            for (var end = _ms + milliseconds; _ms < end; _ms += 20) Sound.Read(_frame, TimeSpan.FromMilliseconds(_ms + 20));
            _dryMs += Math.Max(0, _ms - dryAt);
        }

        public void LoseHeard(double milliseconds) => _ms += milliseconds;

        private static short Ramp(long sample) => (short)(((long)Math.Round(sample * Slope) % 60_000) - 30_000);

        /// <summary>Null where the ramp wraps: such a frame tells nothing.</summary>
        private static double? Mean(short[] frame)
        {
            for (var i = 1; i < frame.Length; i++)
            {
                if (Math.Abs(frame[i] - frame[i - 1]) > 100) return null;
            }

            return frame.Average(sample => (double)sample);
        }

        private static double Unwrap(double value, double playing)
        {
            var expected = ((playing * Slope) % 60_000) - 30_000;
            var off = value - expected;
            return (off > 30_000 ? off - 60_000 : off < -30_000 ? off + 60_000 : off) / Slope;
        }
    }
}

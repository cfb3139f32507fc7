using AV1Relay.Hardware.Audio;
using AV1Relay.Hardware.Audio.Echo;

namespace AV1Relay.Benchmarks.Sound;

/// <summary>Cancellers in simulated rooms, side by side.</summary>
internal static class SoundBenchmark
{
    private static readonly (string Name, RoomAcoustics Acoustics)[] Rooms = [("furnished", RoomAcoustics.Furnished), ("bare", RoomAcoustics.Bare)];

    private static readonly (string Name, RoomAcoustics Acoustics)[] MoreRooms =
        [.. Rooms, ("middling", new(2, -6, 22, -14, 0.45, -28, -70)), ("hall", new(3, -12, 60, -20, 0.8, -32, -64))];

    private static readonly (string Name, Func<SpeechLikeSound> Make)[] Sounds = [("voice", () => SpeechLikeSound.Voice()), ("bursts", () => SpeechLikeSound.Bursts())];

    private static readonly (string Name, Func<IEchoCanceller> Make)[] Cancellers =
        [("kalman", () => new KalmanEchoCanceller(Cleaning.Noise)), ("speexdsp", () => new SpeexCanceller())];

    public static void Run(TextWriter output)
    {
        output.WriteLine("ERLE in dB over 0.5-1, 1-2, 4-5 and 5-10 s; then both talk for 4 s, and ERLE over the 2 s after.");
        output.WriteLine($"{"canceller",-10}{"room",-11}{"sound",-8}{"-1 s",7}{"-2 s",7}{"-5 s",7}{"-10 s",8}{"kept dB",9}{"alike",7}{"after",7}{"ms a frame",12}");
        foreach (var (canceller, make) in Cancellers)
        {
            try
            {
                foreach (var (room, acoustics) in Rooms)
                {
                    foreach (var (sound, speak) in Sounds)
                    {
                        output.WriteLine($"{canceller,-10}{room,-11}{sound,-8}{Measure(make, acoustics, speak())}");
                    }
                }
            }
            catch (DllNotFoundException)
            {
                output.WriteLine($"{canceller,-10}not installed (on Debian: apt install libspeexdsp1)");
            }
        }

        output.WriteLine();
        output.WriteLine("From when on each second of the pupil's sound loses 30 dB, and the least that one loses after 2 s: six voices and two bursts a room, 15 s each.");
        output.WriteLine($"{"canceller",-10}{"room",-11}{"from s: best",14}{"median",8}{"worst",8}{"least dB",10}");
        foreach (var (canceller, make) in Cancellers)
        {
            try
            {
                foreach (var (room, acoustics) in MoreRooms) output.WriteLine($"{canceller,-10}{room,-11}{Hold(make, acoustics)}");
            }
            catch (DllNotFoundException)
            {
                // Told above.
            }
        }

        output.WriteLine();
        output.WriteLine("Two clocks: seconds of three voices in three rooms, ERLE in dB, from the third to the tenth and up to a minute; the same when nobody said that they are two.");
        output.WriteLine($"{"told",-10}{"ppm",5}{"median -10 s",14}{"< 30 dB",9}{"least",7}{"median -60 s",14}{"< 30 dB",9}{"least",7}{"found ppm",16}");
        foreach (var clocks in (Clocks[])[Clocks.Two, Clocks.One])
        {
            foreach (var ppm in (double[])[0, 20, 50, -50, 100]) output.WriteLine($"{clocks,-10}{ppm,5:0}{Drift(clocks, ppm)}");
        }
    }

    private static string Drift(Clocks clocks, double ppm)
    {
        var (first, then, found) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var (_, acoustics) in MoreRooms.SkipLast(1))
        {
            for (var voice = 0; voice < 3; voice++)
            {
                var canceller = new KalmanEchoCanceller(Cleaning.Noise, clocks);
                var trial = new EchoTrial(
                    canceller, new SimulatedRoom(acoustics, 1 + voice, ppm), SpeechLikeSound.Voice(0.5 + (voice * 3.7)), SpeechLikeSound.Voice(11, -6));
                trial.Run(TimeSpan.FromSeconds(2));
                for (var second = 2; second < 60; second++)
                {
                    var reading = trial.Run(TimeSpan.FromSeconds(1));
                    if (PcmLevel.OfMeanSquare(reading.HeardMeanSquare) > EchoHold.SpeaksDbfs) (second < 10 ? first : then).Add(reading.ErleDb);
                }

                found.Add(canceller.DriftPpm);
            }
        }

        return $"{Tell(first)}{Tell(then)}{$"{found.Min():0.0}..{found.Max():0.0}",16}";

        static string Tell(List<double> erle) =>
            $"{erle.Order().ElementAt(erle.Count / 2),14:0.0}{erle.Count(db => db < 30) * 100.0 / erle.Count,8:0}%{erle.Min(),7:0.0}";
    }

    private static string Measure(Func<IEchoCanceller> make, RoomAcoustics acoustics, SpeechLikeSound pupil)
    {
        var canceller = new Timed(make());
        using var disposable = canceller.Inner as IDisposable;
        var trial = new EchoTrial(canceller, new SimulatedRoom(acoustics, 1), pupil, SpeechLikeSound.Voice(11, -6));
        trial.Run(TimeSpan.FromSeconds(0.5));
        var one = trial.Run(TimeSpan.FromSeconds(0.5));
        var two = trial.Run(TimeSpan.FromSeconds(1));
        trial.Run(TimeSpan.FromSeconds(2));
        var five = trial.Run(TimeSpan.FromSeconds(1));
        var steady = trial.Run(TimeSpan.FromSeconds(5));
        trial.TalkerSpeaks = true;
        var both = trial.Run(TimeSpan.FromSeconds(4));
        trial.TalkerSpeaks = false;
        trial.Run(TimeSpan.FromSeconds(0.5));
        var after = trial.Run(TimeSpan.FromSeconds(2));
        return $"{one.ErleDb,7:0.0}{two.ErleDb,7:0.0}{five.ErleDb,7:0.0}{steady.ErleDb,8:0.0}{both.TalkerDb,9:0.0}{both.TalkerLikeness,7:0.00}{after.ErleDb,7:0.0}{canceller.MsAFrame,12:0.00}";
    }

    private static string Hold(Func<IEchoCanceller> make, RoomAcoustics acoustics)
    {
        var sounds = Enumerable.Range(0, 6).Select(n => SpeechLikeSound.Voice(0.5 + (n * 3.7))).Concat([SpeechLikeSound.Bursts(4), SpeechLikeSound.Bursts(9)]);
        var holds = sounds.Select((sound, n) =>
        {
            var canceller = make();
            using var disposable = canceller as IDisposable;
            return EchoHold.Measure(new(canceller, new SimulatedRoom(acoustics, n), sound, SpeechLikeSound.Voice(11, -6)), wantedDb: 30, afterSeconds: 2, seconds: 15);
        }).ToList();
        var from = holds.Select(hold => hold.FromSeconds).Order().ToList();
        return $"{from[0],14:0.0}{from[from.Count / 2],8:0.0}{from[^1],8:0.0}{holds.Min(hold => hold.LeastDb),10:0.0}";
    }

    /// <summary>Median time of a frame, so that a busy machine does not count.</summary>
    private sealed class Timed(IEchoCanceller inner) : IEchoCanceller
    {
        private readonly List<double> _ms = [];

        public IEchoCanceller Inner => inner;

        public double DelayMs => inner.DelayMs;

        public double EchoDbfs => inner.EchoDbfs;

        public double Shift => inner.Shift;

        public double MsAFrame => _ms.Order().ElementAt(_ms.Count / 2);

        public void Process(ReadOnlySpan<short> heard, ReadOnlySpan<short> played, Span<short> clean)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            inner.Process(heard, played, clean);
            _ms.Add(TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds);
        }
    }
}

namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>A canceller in a simulated room, and how well it did: for tests and benchmarks. The microphone's clock paces it; nothing waits.</summary>
/// <param name="canceller">On trial.</param>
/// <param name="room">Where it hears.</param>
/// <param name="pupil">What the speaker plays.</param>
/// <param name="talker">Somebody near, who is to be kept.</param>
public sealed class EchoTrial(IEchoCanceller canceller, SimulatedRoom room, SpeechLikeSound pupil, SpeechLikeSound talker)
{
    private const int Frame = PcmFormat.FrameSamples;
    private const double QueuedMs = 60; // as AlsaSpeaker keeps
    private const double Audible = -50; // dBFS at the microphone; less is not counted as echo

    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(PcmFormat.FrameMilliseconds);

    private readonly short[] _toPlay = new short[Frame];
    private readonly short[] _played = new short[Frame];
    private readonly short[] _said = new short[Frame];
    private readonly short[] _heard = new short[Frame];
    private readonly short[] _clean = new short[Frame];
    private readonly short[] _heardBefore = new short[3 * Frame];
    private readonly short[] _saidBefore = new short[3 * Frame];
    private readonly PlayedSound _alignment = new();
    private TimeSpan _now;

    /// <summary>Whether the pupil speaks; from the start.</summary>
    public bool PupilSpeaks { get; set; } = true;

    /// <summary>Whether somebody near speaks; not at the start.</summary>
    public bool TalkerSpeaks { get; set; }

    /// <summary>Called with each frame that is to be cleaned, and how many milliseconds late the loop may be with it; null is in time.</summary>
    public Func<double>? Lateness { get; set; }

    /// <summary>Goes on for a while, and measures that while.</summary>
    public EchoReading Run(TimeSpan duration)
    {
        var (heard, clean, said, cleanWithTalker, together) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var fullScale = 0.0; // what as many samples of 32,768 would hold
        for (var end = _now + duration; _now < end; _now += FrameTime)
        {
            Next();
            fullScale += Frame * 32768.0 * 32768.0;
            var delay = (int)(canceller.DelayMs * PcmFormat.SampleRate / 1000);
            var heardThen = _heardBefore.AsSpan((2 * Frame) - delay, Frame);
            var saidThen = _saidBefore.AsSpan((2 * Frame) - delay, Frame);
            if (PcmLevel.Of(heardThen) > Audible)
            {
                heard += Product(heardThen, heardThen);
                clean += Product(_clean, _clean);
            }

            said += Product(saidThen, saidThen);
            cleanWithTalker += Product(_clean, _clean);
            together += Product(_clean, saidThen);
        }

        return new(
            Decibels(heard / Math.Max(clean, 1)), said == 0 ? 0 : Decibels(together * together / (said * said)),
            said == 0 ? 0 : together / Math.Sqrt(said * cleanWithTalker), heard / fullScale, clean / fullScale);
    }

    private static double Decibels(double ratio) => 10 * Math.Log10(Math.Max(ratio, 1e-10));

    private static double Product(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private void Next()
    {
        while (room.BufferedMs < QueuedMs)
        {
            pupil.Next(_toPlay);
            if (!PupilSpeaks)
            {
                Array.Clear(_toPlay);
            }

            room.Play(_toPlay);
            _alignment.OnWritten(_toPlay, room.BufferedMs, _now);
        }

        talker.Next(_said);
        if (!TalkerSpeaks)
        {
            Array.Clear(_said);
        }

        room.Hear(_said, _heard);
        _alignment.Read(_played, _now + FrameTime + TimeSpan.FromMilliseconds(Lateness?.Invoke() ?? 0), canceller.Shift);
        canceller.Process(_heard, _played, _clean);
        Keep(_heard, _heardBefore);
        Keep(_said, _saidBefore);
    }

    private static void Keep(short[] frame, short[] before)
    {
        Array.Copy(before, Frame, before, 0, 2 * Frame);
        frame.CopyTo(before, 2 * Frame);
    }
}

/// <summary>How a canceller did for a while.</summary>
/// <param name="ErleDb">Echo return loss enhancement: by how much what the microphone hears is quieter afterwards, counted while it hears more
/// than −50 dBFS. Says something of echo only while nobody near speaks.</param>
/// <param name="TalkerDb">How much louder whoever speaks near comes out than they went in.</param>
/// <param name="TalkerLikeness">How alike what comes out is to what they said, 0…1 (correlation).</param>
/// <param name="HeardMeanSquare">What the microphone heard, counted likewise, over the whole while; of full scale 1.</param>
/// <param name="LeftMeanSquare">What was left of that.</param>
public readonly record struct EchoReading(double ErleDb, double TalkerDb, double TalkerLikeness, double HeardMeanSquare, double LeftMeanSquare);

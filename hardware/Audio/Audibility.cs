namespace AV1Relay.Hardware.Audio;

/// <summary>Judges whether the class can hear the robot, by what its own microphone hears of its speaker and of the room.</summary>
/// <remarks>
/// Without clock, thread or device; a frame is 20 ms. The microphone sits about 15 cm from the speaker and the class about 3 m: by the distance
/// and the room the voice is some <see cref="DistanceDb"/> weaker there, while the noise is the same. Children understand new words at 10 to
/// 15 dB over the noise; near 0 dB adults lose every third word. In words that is clear, quiet and lost. Many speakerphones cancel the echo
/// themselves, and their microphone never hears their speaker: until it was heard once, the level that was sent to it tells instead.
/// </remarks>
public sealed class Audibility
{
    private const double DistanceDb = 16; // 20 log(1 m / 0.15 m): beyond about 1 m a room's own sound carries the voice
    private const double ClearDb = 10; // over the noise, in the class
    private const double QuietDb = 0;
    private const double Hysteresis = 2; // to either side
    private const double HeardDb = -6; // over the noise at the microphone: less may be a filter's guess
    private const double ClearPlayedDbfs = -32; // sent to the speaker: usual speech is near −26
    private const double QuietPlayedDbfs = -45;
    private const double TalksDbfs = -50; // played, less is breath and pauses
    private const double SilentDbfs = -65; // played
    private const int QuietFrames = 15; // 300 ms after the last played sound its reverberation is over
    private const int NoiseWindowFrames = 250; // 5 s: somebody in a class is always silent for a moment
    private const int FirstFrames = 50; // of talk, 1 s, before anything is said
    private const int HoldFrames = 50; // of talk, before something else is said
    private const double TalkRate = 1 / 75.0; // 1.5 s of talk
    private const double NoiseRate = 1 / 4.0; // 80 ms: a breath between two sentences is enough

    private double _noise; // mean square, smoothed
    private double _least = double.MaxValue;
    private double _leastBefore = double.MaxValue;
    private int _noiseFrames;
    private int _sincePlayed;
    private double _own; // mean square, at the microphone
    private double _sent; // mean square, to the speaker
    private bool _wasHeard;
    private int _talked;
    private VoiceReach _candidate;
    private int _candidateFrames;

    /// <summary>How well the class hears the pupil.</summary>
    public VoiceReach Reach { get; private set; }

    /// <summary>The room's noise at the microphone; null before it was quiet once.</summary>
    public double? NoiseDbfs => Math.Min(_least, _leastBefore) is var least and < double.MaxValue ? PcmLevel.OfMeanSquare(least) : null;

    /// <summary>A frame, heard and played.</summary>
    /// <param name="heardDbfs">Of the microphone, before anything is taken out.</param>
    /// <param name="playedDbfs">What was sent to the speaker meanwhile.</param>
    /// <param name="ownDbfs">The speaker as the microphone hears it (<see cref="Echo.IEchoCanceller.EchoDbfs"/>).</param>
    public void OnFrame(double heardDbfs, double playedDbfs, double ownDbfs)
    {
        _sincePlayed = playedDbfs > SilentDbfs ? 0 : Math.Min(_sincePlayed + 1, QuietFrames);
        if (_sincePlayed >= QuietFrames)
        {
            AddNoise(MeanSquare(heardDbfs));
        }

        if (playedDbfs < TalksDbfs)
        {
            return;
        }

        AddTalk(playedDbfs, ownDbfs);
        if (NoiseDbfs is not { } noise || _talked < FirstFrames)
        {
            return;
        }

        var overNoise = PcmLevel.OfMeanSquare(_own) - noise;
        _wasHeard |= overNoise > HeardDb;
        if (_wasHeard)
        {
            Judge(overNoise - DistanceDb, ClearDb, QuietDb);
        }
        else
        {
            Judge(PcmLevel.OfMeanSquare(_sent), ClearPlayedDbfs, QuietPlayedDbfs);
        }
    }

    /// <summary>A frame that was played while no microphone heard it: judged by its level alone, in a room as classes usually are.</summary>
    public void OnPlayed(double playedDbfs)
    {
        if (playedDbfs < TalksDbfs)
        {
            return;
        }

        AddTalk(playedDbfs, PcmLevel.SilenceDbfs);
        if (_talked >= FirstFrames)
        {
            Judge(PcmLevel.OfMeanSquare(_sent), ClearPlayedDbfs, QuietPlayedDbfs);
        }
    }

    /// <summary>The voice was switched off, or is heard in another way from now on: what was judged is over. The room's noise stays known.</summary>
    public void Restart()
    {
        (_own, _sent, _talked, _candidateFrames) = (0, 0, 0, 0);
        (Reach, _candidate) = (VoiceReach.Unknown, VoiceReach.Unknown);
    }

    private static double MeanSquare(double dbfs) => Math.Pow(10, dbfs / 10);

    private void AddNoise(double meanSquare)
    {
        _noise = _noiseFrames == 0 ? meanSquare : _noise + (NoiseRate * (meanSquare - _noise));
        _noiseFrames++;
        _least = Math.Min(_least, _noise);
        if (_noiseFrames % NoiseWindowFrames == 0)
        {
            (_leastBefore, _least) = (_least, _noise);
        }
    }

    private void AddTalk(double sentDbfs, double ownDbfs)
    {
        _talked++;
        var rate = Math.Max(TalkRate, 1.0 / _talked);
        _sent += (MeanSquare(sentDbfs) - _sent) * rate;
        _own += (MeanSquare(ownDbfs) - _own) * rate;
    }

    private void Judge(double value, double clear, double quiet)
    {
        var found = value > clear + Bias(VoiceReach.Clear) ? VoiceReach.Clear
            : value > quiet + Bias(VoiceReach.Clear, VoiceReach.Quiet) ? VoiceReach.Quiet
            : VoiceReach.Lost;
        _candidateFrames = found == _candidate ? _candidateFrames + 1 : 1;
        _candidate = found;
        if (Reach == VoiceReach.Unknown || _candidateFrames >= HoldFrames)
        {
            Reach = found;
        }
    }

    /// <summary>A threshold is lower for whoever is above it, and higher for whoever is below.</summary>
    private double Bias(params ReadOnlySpan<VoiceReach> above) => Reach == VoiceReach.Unknown ? 0 : above.Contains(Reach) ? -Hysteresis : Hysteresis;
}

namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Sound to try cancellers with, about as loud as speech (−20 dBFS while it sounds). Deterministic.</summary>
public sealed class SpeechLikeSound
{
    private const double VoiceAmplitude = 4;
    private const double BurstAmplitude = 0.37;
    private const double BurstSeconds = 0.36;
    private const double PauseSeconds = 0.14;
    private const double LowPass = 0.3; // of one pole: falls by 6 dB an octave from 2.7 kHz on

    private readonly TeacherVoice? _voice;
    private readonly double _amplitude;
    private readonly Random _random;
    private long _sample;
    private double _noise;

    private SpeechLikeSound(TeacherVoice? voice, double startSeconds, double gainDb, int seed)
    {
        _voice = voice;
        _amplitude = Math.Pow(10, gainDb / 20) * (voice is null ? BurstAmplitude : VoiceAmplitude);
        _sample = (long)(startSeconds * PcmFormat.SampleRate);
        _random = new Random(seed);
    }

    /// <summary>The made-up voice of the virtual classroom: vowels at a moving pitch, hisses, pauses. Hard on a filter, as speech is.</summary>
    /// <param name="startSeconds">Where in its 24 seconds it begins; different voices begin elsewhere.</param>
    /// <param name="gainDb">Louder or softer than usual.</param>
    public static SpeechLikeSound Voice(double startSeconds = 0.5, double gainDb = 0) => new(new TeacherVoice(), startSeconds, gainDb, 0);

    /// <summary>Noise coloured as speech is, in syllables of 360 ms.</summary>
    public static SpeechLikeSound Bursts(int seed = 5, double gainDb = 0) => new(null, 0, gainDb, seed);

    public void Next(Span<short> samples)
    {
        foreach (ref var sample in samples)
        {
            var seconds = (double)_sample++ / PcmFormat.SampleRate;
            sample = (short)Math.Clamp(Next(seconds) * _amplitude * short.MaxValue, short.MinValue, short.MaxValue);
        }
    }

    private double Next(double seconds)
    {
        if (_voice is not null)
        {
            return _voice.Next(seconds % TeacherSpeech.LoopSeconds, _sample - 1);
        }

        _noise += ((2 * _random.NextDouble()) - 1 - _noise) * LowPass;
        return seconds % (BurstSeconds + PauseSeconds) < BurstSeconds ? _noise : _noise * 0.02;
    }
}

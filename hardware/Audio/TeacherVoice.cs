namespace AV1Relay.Hardware.Audio;

/// <summary>A soft made-up voice: glottal pulses through three formant resonators. It babbles; it says no words.</summary>
internal sealed class TeacherVoice
{
    public const int VowelCount = 6;

    private const double PitchHz = 185;
    private const int ControlSamples = 48; // formants move once a millisecond

    // First three formants of i e a o u and schwa, for a middle-sized speaker, in Hz.
    private static readonly double[,] Formants =
    {
        { 300, 2300, 3000 }, { 480, 2000, 2700 }, { 780, 1350, 2600 }, { 520, 950, 2500 }, { 340, 900, 2400 }, { 540, 1550, 2550 },
    };

    private static readonly double[] Bandwidths = [70, 110, 170];
    private static readonly double[] FormantGains = [1, 0.55, 0.25];

    private readonly Resonator[] _resonators = new Resonator[3];
    private readonly double[] _formants = [500, 1500, 2500];
    private uint _noise = 0x1234567;
    private double _glottis; // phase 0…1
    private double _lowPassed;
    private double _previousNoise;
    private double _envelope;
    private double _loudness;
    private int _syllable;
    private double _pitch = PitchHz;

    /// <summary>One sample, about ±0.2 at its loudest. Time must advance by a sample from call to call.</summary>
    /// <param name="seconds">Into the speech loop.</param>
    /// <param name="sampleNumber">Counts samples; sets when the formants move.</param>
    public double Next(double seconds, long sampleNumber)
    {
        var speech = TeacherSpeech.All;
        if (_syllable >= speech.Length || seconds < speech[_syllable].Start - 1)
        {
            _syllable = 0; // the loop began again
        }

        while (_syllable < speech.Length - 1 && seconds >= speech[_syllable].End)
        {
            _syllable++;
        }

        ref readonly var now = ref speech[_syllable];
        var into = (seconds - now.Start) / now.Length;
        var speaks = into is >= 0 and < 1;
        if (sampleNumber % ControlSamples == 0)
        {
            MoveFormants(now);
            var loudness = speaks ? Math.Pow(Math.Sin(Math.PI * into), 0.6) * (0.55 + (0.45 * now.Stress)) : 0;
            _loudness = loudness;
            _pitch += ((PitchHz * now.Pitch) - _pitch) * 0.02;
        }

        _envelope += (_loudness - _envelope) * 0.003; // smooth, or a step a millisecond would buzz at 1 kHz
        var voiced = Voice() * _envelope;
        var hiss = speaks && now.HasHiss && into < 0.3 ? Hiss() * Math.Sin(Math.PI * into / 0.3) * 0.05 : 0;
        return (voiced * 0.5) + hiss;
    }

    private double Voice()
    {
        _glottis += _pitch / PcmFormat.SampleRate;
        if (_glottis >= 1)
        {
            _glottis -= 1;
        }

        // An opening and closing of the glottis (Rosenberg): a rounded rise, a faster fall, then closed.
        var flow = _glottis < 0.45 ? 0.5 - (0.5 * Math.Cos(Math.PI * _glottis / 0.45))
            : _glottis < 0.65 ? Math.Cos(Math.PI / 2 * (_glottis - 0.45) / 0.2)
            : 0;
        flow += NextNoise() * 0.02; // breath
        _lowPassed += (flow - _lowPassed) * 0.35;
        var source = flow - _lowPassed; // the ear hears the change of flow

        var sum = 0.0;
        for (var i = 0; i < _resonators.Length; i++)
        {
            sum += _resonators[i].Next(source) * FormantGains[i];
        }

        return sum;
    }

    private double Hiss()
    {
        var noise = NextNoise();
        var high = noise - _previousNoise;
        _previousNoise = noise;
        return high;
    }

    private double NextNoise()
    {
        _noise = (_noise * 1664525) + 1013904223;
        return ((_noise >> 8) / (double)(1 << 23)) - 1;
    }

    private void MoveFormants(in TeacherSpeech.Syllable syllable)
    {
        for (var i = 0; i < _formants.Length; i++)
        {
            _formants[i] += (Formants[syllable.Vowel, i] - _formants[i]) * 0.04; // a tongue takes about 25 ms
            _resonators[i].Tune(_formants[i], Bandwidths[i]);
        }
    }

    /// <summary>Two-pole resonator with unity gain at its centre.</summary>
    private struct Resonator
    {
        private double _gain;
        private double _first;
        private double _second;
        private double _previous;
        private double _beforePrevious;

        public void Tune(double hertz, double bandwidth)
        {
            var radius = Math.Exp(-Math.PI * bandwidth / PcmFormat.SampleRate);
            var angle = 2 * Math.PI * hertz / PcmFormat.SampleRate;
            _first = 2 * radius * Math.Cos(angle);
            _second = -radius * radius;
            _gain = (1 - radius) * Math.Sqrt(1 - (2 * radius * Math.Cos(2 * angle)) + (radius * radius));
        }

        public double Next(double input)
        {
            var output = (_gain * input) + (_first * _previous) + (_second * _beforePrevious);
            _beforePrevious = _previous;
            _previous = output;
            return output;
        }
    }
}

namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>A room with a speaker, a microphone, a talker and noise in it, for hardware that is not there. Deterministic by its seed.</summary>
/// <remarks>Without clock or thread. The diffuse rest is Schroeder's: four comb filters side by side, then two all-passes
/// (M. R. Schroeder, "Natural Sounding Artificial Reverberation", 1962). Speaker and microphone may count their samples by two clocks.</remarks>
public sealed class SimulatedRoom
{
    private const int RingSamples = 1 << 15; // 680 ms
    private const double AllPassGain = 0.7;
    private static readonly double[] CombMs = [29.7, 37.1, 41.1, 43.7];
    private static readonly double[] AllPassMs = [5.0, 1.7];

    private readonly double _ratio;
    private readonly Random _random;
    private readonly float[] _queue = new float[RingSamples]; // written and not yet played
    private readonly float[] _played = new float[RingSamples];
    private readonly float[] _echo = new float[RingSamples];
    private readonly DelayLine[] _combs;
    private readonly DelayLine[] _allPasses;
    private long _queued;
    private long _playedCount;
    private double _heardAt; // in samples of the speaker's clock

    /// <param name="acoustics">Can be changed on the way: somebody moves the robot.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="driftPpm">How much faster the speaker's clock runs than the microphone's, in millionths.</param>
    public SimulatedRoom(RoomAcoustics acoustics, int seed, double driftPpm = 0)
    {
        Acoustics = acoustics;
        _random = new Random(seed);
        _ratio = 1 + (driftPpm * 1e-6);
        _combs = [.. CombMs.Select(ms => new DelayLine(Samples(ms)))];
        _allPasses = [.. AllPassMs.Select(ms => new DelayLine(Samples(ms)))];
    }

    /// <summary>What the room is like from now on.</summary>
    public RoomAcoustics Acoustics { get; set; }

    /// <summary>What was given to <see cref="Play"/> and is not yet heard.</summary>
    public double BufferedMs => _queued * 1000.0 / PcmFormat.SampleRate;

    /// <summary>Queues sound at the speaker.</summary>
    public void Play(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            _queue[(_playedCount + _queued++) % RingSamples] = sample;
        }
    }

    /// <summary>The microphone's next frame: echo, talker and noise. A speaker with nothing to play is silent meanwhile.</summary>
    /// <param name="talker">What somebody in the room says, as it arrives at the microphone; empty for nobody.</param>
    /// <param name="frame">Any length.</param>
    public void Hear(ReadOnlySpan<short> talker, Span<short> frame)
    {
        var noise = Amplitude(Acoustics.NoiseDbfs) * 32768 * Math.Sqrt(3); // uniform noise of that RMS
        for (var i = 0; i < frame.Length; i++)
        {
            _heardAt += _ratio;
            while (_playedCount <= (long)_heardAt)
            {
                PlayOne();
            }

            var sum = FractionalSample.Read(_echo, (long)_heardAt - FractionalSample.After, _heardAt - Math.Floor(_heardAt)) + (((2 * _random.NextDouble()) - 1) * noise) + (talker.IsEmpty ? 0 : talker[i]);
            frame[i] = (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
        }
    }

    private static int Samples(double ms) => (int)Math.Round(ms * PcmFormat.SampleRate / 1000);

    private static double Amplitude(double decibels) => Math.Pow(10, decibels / 20);

    private void PlayOne()
    {
        var at = _playedCount % RingSamples;
        var sample = 0f;
        if (_queued > 0)
        {
            sample = _queue[at];
            _queued--;
        }

        _played[at] = sample;
        var direct = Past(Samples(Acoustics.DirectMs)) * Amplitude(Acoustics.DirectDb);
        var reflection = Past(Samples(Acoustics.ReflectionMs)) * Amplitude(Acoustics.ReflectionDb);
        _echo[at] = (float)(direct + reflection + (Diffuse(sample) * Amplitude(Acoustics.ReverberationDb)));
        _playedCount++;
    }

    private float Past(int samples) => _playedCount < samples ? 0 : _played[(_playedCount - samples) % RingSamples];

    private double Diffuse(float sample)
    {
        var sum = 0.0;
        foreach (var comb in _combs)
        {
            var old = comb.Read();
            // After as many rounds as fit into RT60, 60 dB are gone.
            comb.Write(sample + (old * (float)Math.Pow(10, -3.0 * comb.Length / (PcmFormat.SampleRate * Acoustics.ReverberationSeconds))));
            sum += old;
        }

        foreach (var allPass in _allPasses)
        {
            var old = allPass.Read();
            var into = sum + (AllPassGain * old);
            allPass.Write((float)into);
            sum = old - (AllPassGain * into);
        }

        return sum;
    }

    private sealed class DelayLine(int length)
    {
        private readonly float[] _samples = new float[length];
        private int _at;

        public int Length => _samples.Length;

        public float Read() => _samples[_at];

        public void Write(float sample)
        {
            _samples[_at] = sample;
            _at = (_at + 1) % _samples.Length;
        }
    }
}

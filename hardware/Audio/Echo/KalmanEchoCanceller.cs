namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Echo cancelling in three stages: the echo is subtracted, what is left of it is turned down with the noise, soft voices are raised.</summary>
/// <remarks>Looks back over <see cref="EchoFilter.TailMilliseconds"/> of what was played. Needs no library. docs/decisions/0029-echo.md says why.</remarks>
public sealed class KalmanEchoCanceller : IEchoCanceller
{
    private const float FullScale = 32768;

    private readonly EchoFilter _filter;
    private readonly ResidualSuppressor _suppressor;
    private readonly SpeechGain? _gain;
    private readonly float[] _heard = new float[EchoBlock.Samples];
    private readonly float[] _played = new float[EchoBlock.Samples];
    private readonly float[] _rest = new float[EchoBlock.Samples];
    private readonly float[] _clean = new float[EchoBlock.Samples];

    /// <param name="cleaning">What else is done.</param>
    /// <param name="clocks">That speaker and microphone count by.</param>
    public KalmanEchoCanceller(Cleaning cleaning = Cleaning.All, Clocks clocks = Clocks.One)
    {
        _filter = new(clocks);
        _suppressor = new(cleaning.HasFlag(Cleaning.Noise));
        _gain = cleaning.HasFlag(Cleaning.Gain) ? new() : null;
    }

    public double DelayMs => EchoBlock.Samples * 1000.0 / PcmFormat.SampleRate;

    public double EchoDbfs { get; private set; } = PcmLevel.SilenceDbfs;

    public double Shift { get; private set; }

    /// <summary>How much faster the speaker's clock is found to run than the microphone's, in millionths.</summary>
    public double DriftPpm => _filter.DriftPpm;

    /// <summary>How much louder voices are made at the moment, dB.</summary>
    public double GainDb => _gain?.GainDb ?? 0;

    public void Process(ReadOnlySpan<short> heard, ReadOnlySpan<short> played, Span<short> clean)
    {
        if (heard.Length != PcmFormat.FrameSamples || played.Length != heard.Length || clean.Length != heard.Length)
        {
            throw new ArgumentException($"A frame is {PcmFormat.FrameSamples} samples, heard, played and clean alike.", nameof(heard));
        }

        var echo = 0f;
        Shift = 0;
        for (var start = 0; start < heard.Length; start += EchoBlock.Samples)
        {
            for (var i = 0; i < EchoBlock.Samples; i++)
            {
                _heard[i] = heard[start + i] / FullScale;
                _played[i] = played[start + i] / FullScale;
            }

            _filter.Process(_heard, _played, _rest);
            Shift += _filter.Shift;
            for (var i = 0; i < EchoBlock.Samples; i++)
            {
                echo += (_heard[i] - _rest[i]) * (_heard[i] - _rest[i]);
            }

            _suppressor.Process(_rest, _filter.Residual, _clean);
            _gain?.Process(_clean, _suppressor.Prominence, _suppressor.HasEcho);
            for (var i = 0; i < EchoBlock.Samples; i++)
            {
                clean[start + i] = (short)Math.Clamp(MathF.Round(_clean[i] * FullScale), short.MinValue, short.MaxValue);
            }
        }

        EchoDbfs = PcmLevel.OfMeanSquare(echo / heard.Length);
    }
}

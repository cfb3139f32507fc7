namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>Turns down, frequency by frequency, what is left of the echo, and steady noise; never below what the room sounds like without both.</summary>
/// <remarks>A Wiener gain with the decision-directed estimate of Y. Ephraim and D. Malah (1984), overlap-add with square-root Hann windows.
/// Adds one block of delay.</remarks>
internal sealed class ResidualSuppressor
{
    private const int Block = EchoBlock.Samples;
    private const int Bins = EchoBlock.Bins;
    private const float Caution = 2; // echo is worse than a voice that is a little thinner
    private const float Inertia = 0.9f; // against gains that flutter, which sound like chirping
    private const float LeastGain = 0.001f; // −60 dB
    private const float NoiseGain = 0.18f; // −15 dB: a room that falls silent altogether sounds like a lost connection
    private const float Nothing = 1e-10f;

    private readonly RealTransform _transform = new(EchoBlock.TransformSamples);
    private readonly NoiseFloor _noise = new();
    private readonly bool _quietsNoise;
    private readonly float[] _window = new float[2 * Block];
    private readonly float[] _before = new float[Block];
    private readonly float[] _tail = new float[Block];
    private readonly float[] _signal = new float[EchoBlock.TransformSamples];
    private readonly float[] _real = new float[Bins];
    private readonly float[] _imaginary = new float[Bins];
    private readonly float[] _power = new float[Bins];
    private readonly float[] _voiceBefore = new float[Bins];
    private readonly float[] _residualBefore = new float[Bins];

    /// <param name="quietsNoise">Steady noise is turned down by 15 dB too.</param>
    public ResidualSuppressor(bool quietsNoise)
    {
        _quietsNoise = quietsNoise;
        for (var i = 0; i < _window.Length; i++)
        {
            _window[i] = MathF.Sin(MathF.PI * (i + 0.5f) / _window.Length);
        }
    }

    /// <summary>How far the last block stood out of noise and echo, as a ratio of power: over 10 somebody near speaks.</summary>
    public float Prominence { get; private set; }

    /// <summary>Whether the last block had more echo left in it than noise.</summary>
    public bool HasEcho { get; private set; }

    /// <param name="block">What <see cref="EchoFilter"/> left over.</param>
    /// <param name="residual">How much echo it thinks is in it.</param>
    /// <param name="clean">The block before, cleaned.</param>
    public void Process(ReadOnlySpan<float> block, ReadOnlySpan<float> residual, Span<float> clean)
    {
        Array.Clear(_signal, 2 * Block, _signal.Length - (2 * Block));
        for (var i = 0; i < Block; i++)
        {
            _signal[i] = _before[i] * _window[i];
            _signal[Block + i] = block[i] * _window[Block + i];
        }

        block.CopyTo(_before);
        _transform.Forward(_signal, _real, _imaginary);
        for (var k = 0; k < Bins; k++)
        {
            _power[k] = (_real[k] * _real[k]) + (_imaginary[k] * _imaginary[k]);
        }

        _noise.Add(_power);
        TurnDown(residual);
        _transform.Inverse(_real, _imaginary, _signal);
        for (var i = 0; i < Block; i++)
        {
            clean[i] = _tail[i] + (_signal[i] * _window[i]);
            _tail[i] = _signal[Block + i] * _window[Block + i];
        }
    }

    private void TurnDown(ReadOnlySpan<float> residual)
    {
        var (wanted, echoes, noises) = (0f, 0f, Nothing);
        for (var k = 0; k < Bins; k++)
        {
            var power = _power[k];
            var noise = _noise.Power[k];
            var echo = Caution * MathF.Max(residual[k], _residualBefore[k]); // the window spans two blocks
            _residualBefore[k] = residual[k];
            var disturbance = echo + (_quietsNoise ? noise : 0) + Nothing;
            var ratio = (Inertia * _voiceBefore[k] / disturbance) + ((1 - Inertia) * MathF.Max(0, (power / disturbance) - 1));
            var floor = MathF.Max(LeastGain, MathF.Min(1, (_quietsNoise ? NoiseGain : 1) * MathF.Sqrt(noise / (power + Nothing))));
            var gain = MathF.Max(floor, ratio / (1 + ratio));
            _real[k] *= gain;
            _imaginary[k] *= gain;
            _voiceBefore[k] = gain * gain * power;
            wanted += _voiceBefore[k];
            echoes += echo;
            noises += noise;
        }

        Prominence = _noise.IsKnown ? wanted / (echoes + noises) : 0;
        HasEcho = echoes > noises;
    }
}

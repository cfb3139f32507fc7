namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>The steady noise of a room by frequency: the least of the last one to two seconds, since nobody speaks without a pause.</summary>
/// <remarks>R. Martin, "Noise power spectral density estimation based on optimal smoothing and minimum statistics" (2001), simplified.</remarks>
internal sealed class NoiseFloor
{
    private const int WindowBlocks = 100; // 1 s
    private const int FirstBlocks = 10; // until there is something to go by
    private const float Smoothing = 0.85f;
    private const float Bias = 1.9f; // the least of smoothed power is some 3 dB below its mean

    private readonly float[] _smooth = new float[EchoBlock.Bins];
    private readonly float[] _least = Unknown();
    private readonly float[] _leastBefore = Unknown();
    private readonly float[] _power = new float[EchoBlock.Bins];
    private int _blocks;

    /// <summary>Power by frequency; nothing in the first tenth of a second.</summary>
    public ReadOnlySpan<float> Power => _power;

    /// <summary>There has been something to go by.</summary>
    public bool IsKnown => _blocks > FirstBlocks;

    /// <param name="power">Of a block.</param>
    public void Add(ReadOnlySpan<float> power)
    {
        _blocks++;
        var isFirst = _blocks <= FirstBlocks;
        var isFull = _blocks % WindowBlocks == 0;
        for (var k = 0; k < power.Length; k++)
        {
            _smooth[k] = isFirst ? power[k] : (Smoothing * _smooth[k]) + ((1 - Smoothing) * power[k]);
            if (isFirst)
            {
                continue;
            }

            _least[k] = MathF.Min(_least[k], _smooth[k]);
            _power[k] = Bias * MathF.Min(_least[k], _leastBefore[k]);
            if (isFull)
            {
                (_leastBefore[k], _least[k]) = (_least[k], _smooth[k]);
            }
        }
    }

    private static float[] Unknown()
    {
        var floor = new float[EchoBlock.Bins];
        Array.Fill(floor, float.MaxValue / 4);
        return floor;
    }
}

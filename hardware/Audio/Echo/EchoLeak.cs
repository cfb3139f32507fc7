namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>How much of the subtracted echo still swings along in what is left, by bands of 750 Hz: a check on what <see cref="EchoFilter"/> believes of itself.</summary>
/// <remarks>The regression of J.-M. Valin, "On adjusting the learning rate in frequency domain echo cancellation with double-talk",
/// IEEE Transactions on Audio, Speech and Language Processing 15 (2007). A voice in the room does not swing with the echo, and adds nothing.</remarks>
internal sealed class EchoLeak
{
    private const int BinsABand = 16;
    private const int Bands = EchoBlock.Bins / BinsABand; // the last bin belongs to the last band
    private const float MeanRate = 0.1f; // a block: swings over 100 ms count
    private const double Rate = 0.05; // a block: 200 ms

    private readonly float[] _meanRest = new float[EchoBlock.Bins];
    private readonly float[] _meanEcho = new float[EchoBlock.Bins];
    private readonly double[] _together = new double[Bands];
    private readonly double[] _echoAlone = new double[Bands];

    /// <summary>Raises <paramref name="residual"/> where more is left than it says.</summary>
    /// <param name="residual">Power by frequency.</param>
    /// <param name="restReal">Spectrum of what was left of the block.</param>
    /// <param name="restImaginary">Likewise.</param>
    /// <param name="echoPower">Of what was subtracted.</param>
    public void Raise(Span<float> residual, ReadOnlySpan<float> restReal, ReadOnlySpan<float> restImaginary, ReadOnlySpan<float> echoPower)
    {
        for (var band = 0; band < Bands; band++)
        {
            var first = band * BinsABand;
            var end = band == Bands - 1 ? EchoBlock.Bins : first + BinsABand;
            var (together, alone) = (0.0, 0.0);
            for (var k = first; k < end; k++)
            {
                var rest = (restReal[k] * restReal[k]) + (restImaginary[k] * restImaginary[k]) - _meanRest[k];
                var echo = echoPower[k] - _meanEcho[k];
                _meanRest[k] += MeanRate * rest;
                _meanEcho[k] += MeanRate * echo;
                together += rest * echo;
                alone += echo * echo;
            }

            _together[band] += Rate * (together - _together[band]);
            _echoAlone[band] += Rate * (alone - _echoAlone[band]);
            var share = (float)Math.Clamp(_together[band] / (_echoAlone[band] + 1e-20), 0, 1);
            for (var k = first; k < end; k++)
            {
                residual[k] = MathF.Max(residual[k], share * echoPower[k]);
            }
        }
    }
}

namespace AV1Relay.Hardware.Audio.Echo;

/// <summary>How an echo slips away from where <see cref="EchoFilter"/> last knew it, because speaker and microphone count by two clocks.</summary>
/// <remarks>
/// An echo that comes d samples early differs from the expected one by d times its slope: in frequencies, by jω·d times it. The error tells d, each
/// frequency weighed by what else is heard there. A Kalman filter of two states, what the echo is early by and how fast that grows, says how far to
/// go along with it. It is quick where the sound cards' own word is not: their queues are told in whole samples at best, and a hundredth of one matters here.
/// </remarks>
internal sealed class ClockSlip
{
    private const double Millionth = 1e-6 * EchoBlock.Samples; // of a clock, in samples a block
    private const double Radians = 2 * Math.PI / EchoBlock.TransformSamples; // a sample, from bin to bin
    private const int Bins = 8000 * EchoBlock.TransformSamples / PcmFormat.SampleRate; // up to 8 kHz: a slip of some samples is still less than half a wave
    private const double OneClock = 3 * Millionth; // first deviation: it may be none after all
    private const double TwoClocks = 50 * Millionth;
    private const double SureOfTwo = 1 * Millionth; // three times what one clock was ever seen to be taken for
    private const double Wander = 1e-12; // a block, of the rate's variance: a card that grows warm
    private const double Jitter = 1e-7; // a block, of the slip's
    private const double Likeness = 30; // blocks: a wrongly learnt path errs alike for as long as a vowel lasts
    private const double MostDeviations = 3; // believed of one block
    private const double MostSlip = 1; // samples
    private const double MostRate = 1000 * Millionth;
    private const double LeastDeviation = 0.3 * Millionth;
    private const double Share = (double)EchoBlock.Samples / EchoBlock.TransformSamples; // of a transform's bins that are independent

    private bool _isWide;
    private double _rate; // samples a block
    private double _slipVariance;
    private double _covariance;
    private double _rateVariance;

    public ClockSlip(Clocks clocks)
    {
        _isWide = clocks == Clocks.Two;
        _rateVariance = Square(_isWide ? TwoClocks : OneClock);
    }

    /// <summary>How much faster the speaker's clock is found to run than the microphone's, in millionths.</summary>
    public double Ppm => _rate / Millionth;

    /// <summary>How unsure that is, in samples a block; 0 as long as there is no reason to think of two clocks.</summary>
    public double Deviation => _isWide ? Math.Sqrt(_rateVariance + Square(LeastDeviation)) : 0;

    /// <summary>By how many samples more the reading of what is played is to go on, for this block's part.</summary>
    public double Shift { get; private set; }

    /// <summary>A block in which nothing is heard of the speaker: what is known goes on, and is less sure from block to block.</summary>
    public void Skip()
    {
        if (_slipVariance > 0)
        {
            Predict(left: 1); // else nothing is learnt yet that could have slipped
        }

        Shift = _isWide ? _rate : 0; // one clock's must not slide away for hours by what is but a doubt
    }

    /// <summary>A block. Spectra of 480 samples among zeros, by frequency.</summary>
    /// <param name="errorReal">What was heard less what was expected.</param>
    /// <param name="errorImaginary">Likewise.</param>
    /// <param name="echoReal">What was expected.</param>
    /// <param name="echoImaginary">Likewise.</param>
    /// <param name="residual">Power of the error as far as it is echo.</param>
    /// <param name="weight">One over the error's power.</param>
    public void Add(
        ReadOnlySpan<float> errorReal, ReadOnlySpan<float> errorImaginary, ReadOnlySpan<float> echoReal, ReadOnlySpan<float> echoImaginary,
        ReadOnlySpan<float> residual, ReadOnlySpan<float> weight)
    {
        var (early, known, absorbed) = (0.0, 0.0, 0.0);
        for (var k = 1; k < Bins; k++)
        {
            var omega = k * Radians;
            var slope = omega * omega * ((echoReal[k] * echoReal[k]) + (echoImaginary[k] * echoImaginary[k])) * weight[k];
            early += omega * ((errorImaginary[k] * echoReal[k]) - (errorReal[k] * echoImaginary[k])) * weight[k];
            known += slope;
            absorbed += slope * residual[k] * weight[k];
        }

        if (known <= 0)
        {
            Skip();
            return;
        }

        Predict(left: 1 - (absorbed / known)); // what the filter learns of the slip by itself is none any more
        var variance = _slipVariance + (Likeness / (2 * known * Share));
        var most = MostDeviations * Math.Sqrt(variance);
        var slip = Math.Clamp(early / known, -most, most);
        var (slipGain, rateGain) = (_slipVariance / variance, _covariance / variance);
        _rateVariance -= rateGain * _covariance;
        _covariance -= slipGain * _covariance;
        _slipVariance -= slipGain * _slipVariance;
        _rate = Math.Clamp(_rate + (rateGain * slip), -MostRate, MostRate);
        Shift = _rate + (slipGain * slip);
        if (!_isWide && Math.Abs(_rate) > SureOfTwo)
        {
            (_isWide, _rateVariance, _covariance) = (true, Square(TwoClocks), 0);
        }
    }

    /// <param name="left">Share of the slip that is still there a block later.</param>
    private void Predict(double left)
    {
        _slipVariance = (left * left * _slipVariance) + (2 * left * _covariance) + _rateVariance + Jitter;
        _covariance = (left * _covariance) + _rateVariance;
        _rateVariance += Wander;
        if (_slipVariance > MostSlip * MostSlip)
        {
            // Beyond that an echo's phases tell nothing: the filter learns it anew where it is now.
            (_slipVariance, _covariance) = (MostSlip * MostSlip, 0);
        }
    }

    private static double Square(double value) => value * value;
}

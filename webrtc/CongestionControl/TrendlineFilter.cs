namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>How fast the one-way delay grows: the slope of a line through the smoothed delays of the last twenty groups.</summary>
/// <remarks>
/// Takes the place of the Kalman filter of draft-ietf-rmcat-gcc-02 §5.3; constants as WebRTC's trendline estimator has them: window 20, smoothing 0.9,
/// gain 4, at most 60 groups' weight.
/// </remarks>
internal sealed class TrendlineFilter
{
    private const int Window = 20;
    private const double Smoothing = 0.9;
    private const double Gain = 4;
    private const int MostWeight = 60;

    private readonly double[] _arrivals = new double[Window]; // ms since the first
    private readonly double[] _delays = new double[Window]; // ms
    private TimeSpan? _first;
    private int _count;
    private double _delay;
    private double _smoothed;

    /// <summary>In the unit of the detector's threshold: slope × gain × groups seen. Positive while a queue grows.</summary>
    internal double Trend { get; private set; }

    internal void OnGroup(in GroupChange change)
    {
        _first ??= change.Arrival;
        _delay += (change.Arrived - change.Sent).TotalMilliseconds;
        _smoothed = Smoothing * _smoothed + (1 - Smoothing) * _delay;
        var slot = _count++ % Window;
        _arrivals[slot] = (change.Arrival - _first.Value).TotalMilliseconds;
        _delays[slot] = _smoothed;
        if (_count == int.MaxValue) _count = Window + _count % Window;
        if (_count >= Window) Trend = Math.Min(_count, MostWeight) * Slope() * Gain;
    }

    /// <summary>Least squares.</summary>
    private double Slope()
    {
        double meanArrival = 0, meanDelay = 0;
        for (var i = 0; i < Window; i++)
        {
            meanArrival += _arrivals[i] / Window;
            meanDelay += _delays[i] / Window;
        }

        double covariance = 0, variance = 0;
        for (var i = 0; i < Window; i++)
        {
            var apart = _arrivals[i] - meanArrival;
            covariance += apart * (_delays[i] - meanDelay);
            variance += apart * apart;
        }

        return variance > 0 ? covariance / variance : 0;
    }
}

namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>What the path's queue seems to do.</summary>
internal enum PathUse : byte
{
    Normal,

    /// <summary>The queue grows.</summary>
    Over,

    /// <summary>The queue drains.</summary>
    Under,
}

/// <summary>Tells a queue that grows from jitter: by a threshold that follows the trends seen, so that neither a noisy path nor a competitor that
/// fills queues starves us (draft-ietf-rmcat-gcc-02 §5.4).</summary>
internal sealed class OveruseDetector
{
    private const double FirstThreshold = 12.5; // the draft's del_var_th(0), ms
    private const double LeastThreshold = 6;
    private const double MostThreshold = 600;
    private const double Outlier = 15; // beyond the threshold by this much: a route change, not the path's noise
    private const double RisePerMs = 0.0087; // gains of WebRTC's detector, which fit the trendline's scale
    private const double FallPerMs = 0.039;
    private const double LongestStepMs = 100;
    private const double OverFor = 10; // the draft's overuse_time_th, ms

    private double _threshold = FirstThreshold;
    private double _overForMs = -1; // -1: not over
    private int _overCount;
    private double _trendBefore;

    internal PathUse Use { get; private set; }

    internal void OnTrend(double trend, in GroupChange change)
    {
        if (trend > _threshold)
        {
            // Half of the first interval: where in it the queue began to grow is not known.
            _overForMs = _overForMs < 0 ? change.Sent.TotalMilliseconds / 2 : _overForMs + change.Sent.TotalMilliseconds;
            _overCount++;
            if (_overForMs > OverFor && _overCount > 1 && trend >= _trendBefore)
            {
                (_overForMs, _overCount) = (0, 0);
                Use = PathUse.Over;
            }
        }
        else
        {
            (_overForMs, _overCount) = (-1, 0);
            Use = trend < -_threshold ? PathUse.Under : PathUse.Normal;
        }

        _trendBefore = trend;
        Adapt(Math.Abs(trend), change.Arrived.TotalMilliseconds);
    }

    private void Adapt(double trend, double elapsedMs)
    {
        if (trend > _threshold + Outlier) return;
        var gain = trend < _threshold ? FallPerMs : RisePerMs;
        var step = gain * Math.Clamp(elapsedMs, 0, LongestStepMs);
        _threshold = Math.Clamp(_threshold + step * (trend - _threshold), LeastThreshold, MostThreshold);
    }
}

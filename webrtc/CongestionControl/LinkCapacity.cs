namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>What the path carried when its queue grew: mean and spread of the last such rates (draft-ietf-rmcat-gcc-02 §5.5).</summary>
/// <remarks>A mutable struct: keep it in a field.</remarks>
internal struct LinkCapacity
{
    private const double Weight = 0.05; // the draft advises 0.95 for what is known already
    private const double Spreads = 3; // the draft's three standard deviations
    private const double LeastVariance = 0.4; // kbit/s, of the variance over the mean
    private const double MostVariance = 2.5;

    private double _meanKbps; // 0: nothing is known
    private double _variance;

    internal readonly bool IsKnown => _meanKbps > 0;

    internal readonly double MeanBps => _meanKbps * 1_000;

    internal void OnOveruse(double deliveredBps)
    {
        var kbps = deliveredBps / 1_000;
        var isFirst = !IsKnown;
        _meanKbps = isFirst ? kbps : (1 - Weight) * _meanKbps + Weight * kbps;
        var apart = _meanKbps - kbps;
        _variance = isFirst ? LeastVariance : Math.Clamp((1 - Weight) * _variance + Weight * apart * apart / Math.Max(_meanKbps, 1), LeastVariance, MostVariance);
    }

    /// <summary>The path is another one by now: wider, or narrower.</summary>
    internal readonly bool IsContradictedBy(double deliveredBps)
        => IsKnown && Math.Abs(deliveredBps / 1_000 - _meanKbps) > Spreads * Math.Sqrt(_variance * _meanKbps);

    internal readonly bool IsExceededBy(double deliveredBps) => deliveredBps > MeanBps && IsContradictedBy(deliveredBps);

    internal void Forget() => _meanKbps = 0;
}

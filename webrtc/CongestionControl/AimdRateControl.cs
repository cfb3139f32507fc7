namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>From what the queue does to a rate: up by steps while nothing objects, down to a share of what arrived when the queue grows
/// (draft-ietf-rmcat-gcc-02 §5.5).</summary>
internal sealed class AimdRateControl(BandwidthLimits limits)
{
    private const double Decrease = 0.85; // the draft's beta
    private const double FirstGrowth = 2; // a second, before anything objected: the draft's 1.08 would take half a lesson's greeting
    private const double Growth = 1.25; // a second, once the path turned out wider than it was
    private const double Return = 1.5; // a second, back to what the path carried not long ago
    private const double FarBelow = 0.7; // of that
    private const double MostOverDelivered = 1.5; // the draft's bound against growth that nothing tests
    private const double UntestedBps = 300_000; // what nearly every path carries: up to here an encoder that makes less than it may doesn't hold growth up
    private const double LeastAdditiveBps = 4_000;
    private const int PacketBits = 1_200 * 8;
    private const int FramesPerSecond = 30;
    private static readonly TimeSpan Response = TimeSpan.FromMilliseconds(100); // on top of the round trip
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastBetweenDecreases = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostBetweenDecreases = TimeSpan.FromMilliseconds(200);

    private LinkCapacity _capacity;
    private bool _hasDecreased;
    private bool _isIncreasing = true;
    private TimeSpan? _changedAt;
    private TimeSpan? _decreasedAt;

    internal double RateBps { get; private set; } = limits.StartBps;

    /// <param name="deliveredLongBps">Over half a second; null before it is known.</param>
    /// <param name="deliveredBps">Over a shorter time, for when the queue grows: arrivals are even then, and the rate may have changed just now.</param>
    internal void Update(PathUse use, double? deliveredLongBps, double? deliveredBps, TimeSpan roundTrip, TimeSpan now)
    {
        switch (use)
        {
            case PathUse.Over:
                _isIncreasing = false;
                if (deliveredBps is { } arrived && MayDecrease(roundTrip, now)) DecreaseTo(arrived, now);
                break;
            case PathUse.Under:
                _isIncreasing = false; // the queue is to drain
                break;
            default:
                if (_isIncreasing) Increase(deliveredLongBps, roundTrip, now);
                _isIncreasing = true;
                break;
        }

        _changedAt = now;
    }

    /// <summary>Whatever the queue says.</summary>
    internal void Scale(double factor) => RateBps = Clamp(RateBps * factor);

    private bool MayDecrease(TimeSpan roundTrip, TimeSpan now)
    {
        if (_decreasedAt is not { } before) return true;
        var wait = roundTrip < LeastBetweenDecreases ? LeastBetweenDecreases : roundTrip > MostBetweenDecreases ? MostBetweenDecreases : roundTrip;
        return now - before >= wait;
    }

    private void DecreaseTo(double deliveredBps, TimeSpan now)
    {
        RateBps = Clamp(Math.Min(RateBps, Decrease * deliveredBps));
        if (_capacity.IsContradictedBy(deliveredBps)) _capacity.Forget();
        _capacity.OnOveruse(deliveredBps);
        (_hasDecreased, _decreasedAt) = (true, now);
    }

    private void Increase(double? deliveredBps, TimeSpan roundTrip, TimeSpan now)
    {
        if (_changedAt is not { } before || deliveredBps is not { } delivered) return;
        if (_capacity.IsExceededBy(delivered)) _capacity.Forget();
        var elapsed = Math.Min((now - before).TotalSeconds, LongestStep.TotalSeconds);
        var isNear = _capacity.IsKnown && RateBps >= FarBelow * _capacity.MeanBps;
        var growth = _capacity.IsKnown ? Return : _hasDecreased ? Growth : FirstGrowth;
        var rate = isNear ? RateBps + elapsed * AdditiveBps(roundTrip) : RateBps * Math.Pow(growth, elapsed);
        RateBps = Clamp(Math.Max(RateBps, Math.Min(rate, Math.Max(UntestedBps, MostOverDelivered * delivered))));
    }

    /// <summary>A packet a response time, each second.</summary>
    private double AdditiveBps(TimeSpan roundTrip)
    {
        var frameBits = RateBps / FramesPerSecond;
        var packetBits = frameBits / Math.Ceiling(frameBits / PacketBits);
        return Math.Max(LeastAdditiveBps, packetBits / (roundTrip + Response).TotalSeconds);
    }

    private double Clamp(double rate) => Math.Clamp(rate, limits.MinimumBps, limits.MaximumBps);
}

namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>Bounds the rate where packets are lost in numbers, which a path with a short queue does without any delay (draft-ietf-rmcat-gcc-02 §6).</summary>
/// <remarks>
/// The draft grows below 2 % and is unchanged from 2 % to 10 %. Here growth ends at 4 %: a school's wireless network loses 2 % whatever is sent, and
/// repeats bring it. And growth quickens, as the draft's 5 % a step would take a minute to forget a bad time.
/// </remarks>
/// <param name="minimumBps">It never falls below: what is forgotten by steps would take minutes to come back from nothing.</param>
internal sealed class LossBound(int minimumBps)
{
    private const double Tolerable = 0.04;
    private const double Heavy = 0.10;
    private const double FirstGrowth = 0.05; // of the rate, for a window without losses; twice as much for each one that follows
    private const double MostGrowth = 0.8;
    private const double NoLongerFelt = 1.5;
    private const int LeastPackets = 50;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(500);

    private int _lost;
    private int _received;
    private TimeSpan _since;
    private double _growth = FirstGrowth;

    /// <summary>Of the last window, 0–1.</summary>
    internal double Loss { get; private set; }

    /// <summary>Infinite while losses give no reason.</summary>
    internal double RateBps { get; private set; } = double.PositiveInfinity;

    /// <param name="lost">Since the last report; negative where packets came after all that had been counted as lost.</param>
    internal void OnReport(int received, int lost, TimeSpan now)
    {
        if (_received + _lost == 0) _since = now;
        _received += received;
        _lost = Math.Max(0, _lost + lost);
    }

    /// <param name="delayBasedBps">What the queue allows.</param>
    internal void Update(double delayBasedBps, TimeSpan now)
    {
        if (_received + _lost < LeastPackets || now - _since < LeastTime) return;
        Loss = (double)_lost / (_received + _lost);
        (_received, _lost) = (0, 0);
        var isTolerable = Loss <= Tolerable;
        if (isTolerable) RateBps *= 1 + _growth;
        else RateBps = Math.Max(minimumBps, Math.Min(RateBps, delayBasedBps) * (Loss > Heavy ? 1 - 0.5 * Loss : 1));
        if (RateBps > NoLongerFelt * delayBasedBps) RateBps = double.PositiveInfinity;
        _growth = isTolerable ? Math.Min(MostGrowth, 2 * _growth) : FirstGrowth;
    }
}

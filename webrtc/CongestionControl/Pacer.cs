namespace AV1Relay.WebRtc.CongestionControl;

/// <summary>Spreads what is sent, so that a large frame doesn't fill the path's queue, with sound behind it, at once
/// (draft-ietf-rmcat-gcc-02 §4).</summary>
/// <remarks>
/// A leaky bucket in bytes: it runs out at two and a half times the rate, and holds what the rate gives in 50 ms, so that ordinary frames leave whole.
/// Sound asks nobody, but is counted. A mutable struct: keep it in a field.
/// </remarks>
/// <param name="rateBps">What is aimed at, bits a second.</param>
public struct Pacer(int rateBps)
{
    private const double Factor = 2.5;
    private const double BurstSeconds = 0.05;
    private const int LeastBurstBytes = 3_600; // three full packets
    private static readonly TimeSpan RepeatsWait = TimeSpan.FromMilliseconds(100);

    private int _rateBps = rateBps;
    private double _waiting; // bytes
    private TimeSpan _at;

    /// <summary>Takes another rate from now on, bits a second.</summary>
    public void SetRate(int bps, TimeSpan now)
    {
        Run(now);
        _rateBps = bps;
    }

    public void OnSent(int bytes, TimeSpan now)
    {
        Run(now);
        _waiting += bytes;
    }

    /// <summary>How long whoever can wait has to: zero, or less than a millisecond to some.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        Run(now);
        var over = _waiting - Math.Max(LeastBurstBytes, _rateBps / 8.0 * BurstSeconds);
        return over < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((over + 1) / BytesPerSecond);
    }

    /// <summary>Whether a lost packet may be repeated now. All that a burst of losses asks for, sent at once, would be a second of queue with sound behind it;
    /// whoever is refused asks again.</summary>
    public bool MayRepeat(TimeSpan now) => Wait(now) <= RepeatsWait;

    private readonly double BytesPerSecond => _rateBps / 8.0 * Factor;

    private void Run(TimeSpan now)
    {
        if (now <= _at) return;
        _waiting = Math.Max(0, _waiting - (now - _at).TotalSeconds * BytesPerSecond);
        _at = now;
    }
}

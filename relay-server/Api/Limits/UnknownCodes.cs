using AV1Relay.Api.Clock;

namespace AV1Relay.Api.Limits;

/// <summary>All unknown codes together, wherever they come from: many addresses that guess a little each guess a lot.</summary>
/// <remarks>
/// While there are too many, one wrong code is enough for an address to pause. The first code from an address is always looked up, so that nobody
/// who has the right one is kept out because others guess.
/// </remarks>
internal sealed class UnknownCodes(RelayClock clock)
{
    /// <summary>Far more than pupils mistype in a minute at the busiest bell.</summary>
    internal const int Burst = 120;

    private const double PerSecond = 2;
    private static readonly TimeSpan NewsEvery = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly TokenBucket _usual = new(PerSecond, Burst);
    private TimeSpan? _toldAt;

    /// <summary>Counts an unknown code.</summary>
    /// <param name="isNews">Whether it is worth a line in the log: once a minute while it goes on.</param>
    /// <returns>True when there are too many.</returns>
    public bool IsOneTooMany(out bool isNews)
    {
        lock (_lock)
        {
            var now = clock.Now;
            var isTooMany = !_usual.TryTake(now);
            isNews = isTooMany && (_toldAt is not { } told || now - told >= NewsEvery);
            if (isNews) _toldAt = now;
            return isTooMany;
        }
    }
}

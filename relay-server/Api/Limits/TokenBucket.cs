namespace AV1Relay.Api.Limits;

/// <summary>Lets so many through a second, and a burst after a rest. Sans-IO; <c>now</c> is monotonic.</summary>
internal sealed class TokenBucket
{
    private readonly double _perSecond;
    private readonly double _burst;
    private double _tokens;
    private TimeSpan _filledAt;

    public TokenBucket(double perSecond, double burst)
    {
        _perSecond = perSecond;
        _burst = burst;
        _tokens = burst;
    }

    public bool TryTake(TimeSpan now)
    {
        if (now > _filledAt)
        {
            _tokens = Math.Min(_burst, _tokens + (now - _filledAt).TotalSeconds * _perSecond);
            _filledAt = now;
        }

        if (_tokens < 1)
            return false;
        _tokens -= 1;
        return true;
    }
}

namespace AV1Relay.Sfu.Forwarding;

/// <summary>So many at once, so many a second. A mutable struct: keep it in a field.</summary>
internal struct TokenBucket(int capacity, int perSecond)
{
    private double _tokens = capacity;
    private TimeSpan _filledAt;

    public bool TryTake(TimeSpan now)
    {
        if (now > _filledAt)
        {
            _tokens = Math.Min(capacity, _tokens + (now - _filledAt).TotalSeconds * perSecond);
            _filledAt = now;
        }

        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}

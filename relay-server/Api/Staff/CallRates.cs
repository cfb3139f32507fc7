using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using AV1Relay.Domain.People;

namespace AV1Relay.Api.Staff;

/// <summary>How fast each person's systems may call, however many tokens they have.</summary>
internal sealed class CallRates(RelayClock clock)
{
    /// <summary>A page's worth of calls at once, and then as fast as a timetable is read in.</summary>
    internal const int PerSecond = 20;

    internal const int Burst = 60;
    private const int MaxPersons = 4_096; // more than an authority has staff with systems of their own

    private readonly Lock _lock = new();
    private readonly Dictionary<PersonId, TokenBucket> _buckets = [];

    public bool TryTake(PersonId person)
    {
        lock (_lock)
        {
            if (!_buckets.TryGetValue(person, out var bucket))
            {
                // Persons come out of signed tokens, so nobody can fill this at will; starting over gives each of them one burst more.
                if (_buckets.Count >= MaxPersons) _buckets.Clear();
                _buckets[person] = bucket = new TokenBucket(PerSecond, Burst);
            }

            return bucket.TryTake(clock.Now);
        }
    }
}

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

    /// <summary>Calls that look through weeks of bookings: as fast as somebody reads what they find.</summary>
    internal const int SearchesPerSecond = 1;

    internal const int SearchBurst = 5;
    private const int MaxPersons = 4_096; // more than an authority has staff with systems of their own

    private readonly Lock _lock = new();
    private readonly Dictionary<PersonId, (TokenBucket Calls, TokenBucket Searches)> _buckets = [];

    public bool TryTake(PersonId person)
    {
        lock (_lock) return BucketsOf(person).Calls.TryTake(clock.Now);
    }

    /// <summary>Beside <see cref="TryTake"/>, for a call that costs much.</summary>
    public bool TryTakeSearch(PersonId person)
    {
        lock (_lock) return BucketsOf(person).Searches.TryTake(clock.Now);
    }

    private (TokenBucket Calls, TokenBucket Searches) BucketsOf(PersonId person)
    {
        if (_buckets.TryGetValue(person, out var buckets)) return buckets;

        // Persons come out of signed tokens, so nobody can fill this at will; starting over gives each of them one burst more.
        if (_buckets.Count >= MaxPersons) _buckets.Clear();
        return _buckets[person] = (new TokenBucket(PerSecond, Burst), new TokenBucket(SearchesPerSecond, SearchBurst));
    }
}

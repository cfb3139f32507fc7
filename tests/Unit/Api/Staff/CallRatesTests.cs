using AV1Relay.Api.Clock;
using AV1Relay.Api.Staff;
using AV1Relay.Domain.People;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Staff;

public sealed class CallRatesTests
{
    private static readonly PersonId Person = new(Guid.Parse("6c1f2f0e-6f0b-4f57-9f0a-1d2a3b4c5d6e"));
    private readonly FakeTimeProvider _time = new();
    private readonly CallRates _rates;

    public CallRatesTests() => _rates = new CallRates(new RelayClock(_time));

    [Fact]
    public void After_a_burst_a_person_waits()
    {
        Assert.All(Enumerable.Range(0, CallRates.Burst), _ => Assert.True(_rates.TryTake(Person)));
        Assert.False(_rates.TryTake(Person));
    }

    [Fact]
    public void A_second_later_some_calls_go_through_again()
    {
        while (_rates.TryTake(Person))
        {
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CallRates.PerSecond, Enumerable.Range(0, CallRates.Burst).Count(_ => _rates.TryTake(Person)));
    }

    [Fact]
    public void One_persons_haste_slows_nobody_else()
    {
        while (_rates.TryTake(Person))
        {
        }

        Assert.True(_rates.TryTake(new PersonId(Guid.Empty)));
    }

    [Fact]
    public void Searches_have_a_rate_of_their_own_and_other_calls_go_through_beside_them()
    {
        Assert.All(Enumerable.Range(0, CallRates.SearchBurst), _ => Assert.True(_rates.TryTakeSearch(Person)));

        Assert.False(_rates.TryTakeSearch(Person));
        Assert.True(_rates.TryTake(Person));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CallRates.SearchesPerSecond, Enumerable.Range(0, CallRates.SearchBurst).Count(_ => _rates.TryTakeSearch(Person)));
    }
}

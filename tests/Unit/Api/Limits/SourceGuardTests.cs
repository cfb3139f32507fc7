using System.Net;
using AV1Relay.Api.Clock;
using AV1Relay.Api.Limits;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Limits;

public sealed class SourceGuardTests
{
    private readonly SourceGuard _guard = new(new RelayClock(new FakeTimeProvider()));

    [Fact]
    public void All_networks_of_one_IPv6_customer_are_one_source()
    {
        for (var network = 0; network < SourceGuard.Tries; network++)
            _guard.OnWrong(IPAddress.Parse($"2001:db8:1:{network}::1"));

        Assert.Equal(SourceGuard.FirstPause, _guard.WaitFor(IPAddress.Parse("2001:db8:1:ffff::2")));
        Assert.Equal(TimeSpan.Zero, _guard.WaitFor(IPAddress.Parse("2001:db8:2::1")));
    }
}

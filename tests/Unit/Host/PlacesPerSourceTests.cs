using System.Net;
using AV1Relay.RelayServer.Composition;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class PlacesPerSourceTests
{
    private static readonly IPAddress School = IPAddress.Parse("192.0.2.7");
    private readonly PlacesPerSource _places = new(perSource: 2, inAll: 5, IPAddress.IsLoopback);

    [Fact]
    public void A_source_has_so_many_at_once_and_others_have_theirs()
    {
        Assert.True(_places.TryTake(School) && _places.TryTake(School));

        Assert.False(_places.TryTake(School));
        Assert.True(_places.TryTake(IPAddress.Parse("192.0.2.8")));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        Assert.True(_places.TryTake(School) && _places.TryTake(School));

        _places.GiveBack(School);

        Assert.True(_places.TryTake(School));
        Assert.False(_places.TryTake(School));
    }

    [Fact]
    public void Who_stands_for_many_others_is_bound_by_the_whole_alone()
    {
        for (var taken = 0; taken < 5; taken++) Assert.True(_places.TryTake(IPAddress.IPv6Loopback));

        Assert.False(_places.TryTake(IPAddress.Loopback));
    }

    [Fact]
    public void Addresses_of_one_network_of_IPv6_are_one_source()
    {
        Assert.True(_places.TryTake(IPAddress.Parse("2001:db8:1::1")) && _places.TryTake(IPAddress.Parse("2001:db8:1:ffff::2")));

        Assert.False(_places.TryTake(IPAddress.Parse("2001:db8:1:2::3")));
    }
}

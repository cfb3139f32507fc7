using AV1Relay.Sfu.Shards;
using AV1Relay.WebRtc;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

public sealed class SourceLimitsTests
{
    private const int PerSecond = 100;
    private static readonly TransportAddress School = TransportAddress.FromIPv4(0x0A01_0203, 4_000);
    private readonly SourceLimits _limits = new(sources: 64, PerSecond);
    private readonly TimeSpan _now = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_source_has_two_seconds_worth_at_once_and_then_its_rate()
    {
        Assert.Equal(2 * PerSecond, Taken(School, 1, _now));
        Assert.Equal(0, Taken(School, 1, _now));
        Assert.Equal(PerSecond / 2, Taken(School, 1, _now + TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public void Ports_of_one_address_are_one_source_and_so_are_the_addresses_of_one_IPv6_network()
    {
        Taken(School, 1, _now);
        Assert.Equal(0, Taken(School with { Port = 9 }, 1, _now));

        var network = (UInt128)0x2001_0DB8_0001_0002 << 64;
        Taken(new TransportAddress(network | 5, 1), 1, _now);
        Assert.Equal(0, Taken(new TransportAddress(network | 77, 2), 1, _now));
        Assert.NotEqual(0, Taken(new TransportAddress(network + ((UInt128)1 << 64), 2), 1, _now));
    }

    [Fact]
    public void What_is_used_up_in_one_peers_name_is_left_for_another_peer_of_the_same_address()
    {
        Taken(School, 1, _now);
        Taken(School, SourceLimits.Nobody, _now);

        Assert.Equal(2 * PerSecond, Taken(School, 2, _now));
    }

    [Fact]
    public void Forged_sources_beyond_the_table_take_no_memory_and_leave_newcomers_their_turn()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (uint i = 0; i < 100_000; i++) _limits.TryTake(TransportAddress.FromIPv4(i * 2_654_435_761, 1), SourceLimits.Nobody, _now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(64, _limits.Capacity);
        Assert.True(_limits.TryTake(School, 3, _now));
    }

    [Fact]
    public void A_source_that_floods_alone_is_not_pushed_out_by_quiet_ones()
    {
        Taken(School, 1, _now);
        for (uint i = 0; i < 10_000; i++) _limits.TryTake(TransportAddress.FromIPv4(i * 2_654_435_761, 1), SourceLimits.Nobody, _now);

        Assert.Equal(0, Taken(School, 1, _now));
    }

    private int Taken(TransportAddress source, ulong peer, TimeSpan now)
    {
        var taken = 0;
        while (_limits.TryTake(source, peer, now)) taken++;
        return taken;
    }
}

using AV1Relay.Sfu;
using AV1Relay.Sfu.Shards;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

/// <summary>What strangers can make a shard do, and what they can take from those who are there.</summary>
public sealed class FloodTests : IDisposable
{
    private static readonly TransportAddress Stranger = TransportAddress.FromIPv4(0xC000_0205, 6_000);
    private static readonly byte[] Sound = [0xFC, 7, 8];
    private readonly VirtualRelay _relay = new(new SfuOptions { ChecksPerSecondPerSource = 10, ChecksPerSecondPerShard = 100 });

    private ShardCounters Counters => _relay.Core.Counters;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Stun_that_names_nobody_is_silence_and_a_flood_of_it_is_counted()
    {
        for (var i = 0; i < 100; i++) _relay.Core.OnDatagram(Checks.For("ABCDEFGH", "0123456789012345678901"), Stranger, _relay.Now);

        Assert.Equal(0, Counters.PacketsOut);
        Assert.Equal(100, Counters.ChecksIgnored);
        Assert.Equal(80, Counters.SourcesLimited); // twice the rate at once
    }

    [Fact]
    public void Stun_that_names_a_peer_without_its_password_is_silence_and_beyond_a_sources_bucket_not_even_looked_at()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var sent = Counters.PacketsOut;

        for (var i = 0; i < 100; i++) _relay.Core.OnDatagram(Checks.Unsigned(pupil.Joined), Stranger, _relay.Now);
        _relay.Core.OnDatagram(Checks.For(pupil.Joined), Stranger, _relay.Now);

        Assert.Equal(sent, Counters.PacketsOut); // the last one was right, and came too late
        Assert.Equal(81, Counters.SourcesLimited);
    }

    [Fact]
    public void Many_sources_share_what_may_be_asked_in_one_peers_name()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        for (uint i = 0; i < 200; i++) _relay.Core.OnDatagram(Checks.Unsigned(pupil.Joined), TransportAddress.FromIPv4(i, 1), _relay.Now);

        Assert.Equal(0, Counters.SourcesLimited);
        Assert.Equal(150, Counters.PeersLimited); // five sources' worth passed
    }

    [Fact]
    public void All_strangers_share_the_shards_budget_of_HMACs()
    {
        for (var session = 0; session < 10; session++)
        {
            var peer = _relay.NewPeer(Offers.Pupil());
            var joined = Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, peer.Offer, session: $"s-{session}"));
            for (uint i = 0; i < 20; i++) _relay.Core.OnDatagram(Checks.Unsigned(joined), TransportAddress.FromIPv4(i, 1), _relay.Now);
        }

        Assert.Equal(100, Counters.CheckBudgetSpent);
    }

    [Fact]
    public void A_connected_peers_checks_pass_whatever_strangers_send_under_its_address()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        // Ten seconds of a flood from its own address, and of one from everywhere that knows its fragment: all budgets are empty.
        for (var tick = 0; tick < 500; tick++)
        {
            for (uint i = 0; i < 40; i++)
            {
                _relay.Core.OnDatagram(Checks.For("ABCDEFGH", "0123456789012345678901"), pupil.Address, _relay.Now);
                _relay.Core.OnDatagram(Checks.Unsigned(pupil.Joined), TransportAddress.FromIPv4(i, 1), _relay.Now);
            }

            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.NotEqual(0, Counters.PeersLimited);
        _relay.Core.OnDatagram(Checks.For(pupil.Joined), pupil.Address, _relay.Now);
        var before = Counters.PacketsOut;
        _relay.Core.OnDatagram(Checks.For(pupil.Joined), pupil.Address, _relay.Now);
        Assert.Equal(before + 1, Counters.PacketsOut);
        _relay.Advance(TimeSpan.FromSeconds(30)); // consent is still fresh
        Assert.Equal(AV1Relay.WebRtc.Peer.PeerState.Connected, pupil.State);
    }

    [Fact]
    public void A_flood_under_a_schools_address_leaves_the_schools_next_pupil_its_turn()
    {
        var insider = _relay.Connect(PeerRole.Pupil, Offers.Pupil(), session: "other");
        var newcomer = _relay.NewPeer(Offers.Pupil());
        newcomer.Apply(Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, newcomer.Offer)), _relay.Now);

        for (var i = 0; i < 1_000; i++)
        {
            _relay.Core.OnDatagram(Checks.For("ABCDEFGH", "0123456789012345678901"), newcomer.Address with { Port = 9 }, _relay.Now);
            _relay.Core.OnDatagram(Checks.Unsigned(insider.Joined), newcomer.Address with { Port = 9 }, _relay.Now);
        }

        _relay.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(AV1Relay.WebRtc.Peer.PeerState.Connected, newcomer.State);
    }

    [Fact]
    public void A_flood_allocates_nothing()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        byte[][] flood =
        [
            Checks.For("ABCDEFGH", "0123456789012345678901"), Checks.Unsigned(pupil.Joined), [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            new byte[60], [0x80, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3], [], [0xFF],
        ];
        flood[3][0] = 0x81;
        for (var i = 0; i < 4_000; i++) Feed(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 4_000; i < 14_000; i++) Feed(i);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(int i) => _relay.Core.OnDatagram(flood[i % flood.Length], TransportAddress.FromIPv4((uint)i * 2_654_435_761, 5), _relay.Now);
    }

    [Fact]
    public void Media_of_a_connected_peer_is_never_charged()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        for (ushort i = 1; i <= 2_000; i++) _relay.Send(pupil, pupil.Rtp(i, i * 960u, Sound, "a")); // in no time at all

        Assert.Equal(2_000, robot.On("a").Count());
        Assert.Equal(0, Counters.SourcesLimited + Counters.PeersLimited + Counters.CheckBudgetSpent);
    }

    [Fact]
    public void Dtls_from_an_address_without_an_authenticated_check_is_dropped_and_its_flood_counted()
    {
        var pupil = _relay.NewPeer(Offers.Pupil());
        Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, pupil.Offer));
        using var dtls = new WebRtc.Dtls.DtlsPair();
        dtls.Client.Start(_relay.Now);
        var hello = dtls.Take(AV1Relay.WebRtc.Dtls.DtlsRole.Client)[0];

        for (var i = 0; i < 100; i++) _relay.Core.OnDatagram(hello.ToArray(), Stranger, _relay.Now);

        Assert.Equal(100, Counters.DtlsFromUnvalidated);
        Assert.Equal(80, Counters.SourcesLimited);
        Assert.Equal(0, Counters.HandshakesStarted);
        Assert.Equal(0, Counters.PacketsOut);
    }

    [Fact]
    public void Dtls_from_a_validated_address_is_limited_too()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        for (var i = 0; i < 1_000; i++) _relay.Core.OnDatagram(new byte[] { 22, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 9, 0, 1, 1 }, pupil.Address, _relay.Now);

        Assert.InRange(Counters.SourcesLimited, 800, 1_000);
        Assert.Equal(AV1Relay.WebRtc.Peer.PeerState.Connected, pupil.State);
    }

    [Fact]
    public void Nothing_that_fails_authentication_changes_the_state_of_a_stream()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(100, 0, [0x65, 1], "v"));
        _relay.Send(robot, robot.Rtp(1, 0, Sound, "a"));
        var (nacked, requests, unrouted) = (Counters.NackedPackets, Counters.KeyframesRequested, Counters.Unrouted);

        // Far ahead, another source, a NACK, a keyframe request, a goodbye: all that differs from genuine ones is a few bytes.
        var next = robot.Rtp(101, 3_000, [0x41, 1], "v");
        var (farAhead, anotherSource) = (next.ToArray(), next.ToArray());
        farAhead[2] ^= 0x20;
        anotherSource[11] ^= 1;
        byte[][] forged =
        [
            farAhead, anotherSource,
            pupil.Rtcp(buffer => RtcpWriter.WriteNack(buffer.Span, 1, 2, [5])),
            pupil.Rtcp(buffer => RtcpWriter.WritePli(buffer.Span, 1, 2)),
            robot.Rtcp(buffer => RtcpWriter.WriteBye(buffer.Span, Offers.VideoSsrc)),
        ];
        for (var i = 0; i < forged.Length; i++)
        {
            if (i >= 2) forged[i][^6] ^= 1; // in the tag, which lies before the index
            _relay.Send(i is 2 or 3 ? pupil : robot, forged[i]);
        }

        Assert.Equal(forged.Length, Counters.AuthenticationFailures);
        Assert.Equal((nacked, requests, unrouted), (Counters.NackedPackets, Counters.KeyframesRequested, Counters.Unrouted));
        _relay.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Empty(robot.Nacked); // a forged number far ahead would have left a gap to ask about
        _relay.Send(robot, next);
        Assert.Equal(2, pupil.On("v").Count());
    }
}

using AV1Relay.Sfu;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Shards;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Shards;

/// <summary>Each limit is hit once, and the counter that says so is read. Checks and sources: <see cref="FloodTests"/>.</summary>
public sealed class LimitsTests
{
    [Fact]
    public void Sessions_are_limited_for_the_whole_relay()
    {
        using var relay = new VirtualRelay(new SfuOptions { MaxSessions = 1 });
        relay.Connect(PeerRole.Pupil, Offers.Pupil());

        Assert.Equal(JoinRefusal.TooMany, Refused(relay, PeerRole.Pupil, session: "b"));
        Assert.Equal(1, relay.Core.Counters.JoinsOverLimit);
        relay.Core.CloseSession("a", relay.Now);
        relay.Connect(PeerRole.Pupil, Offers.Pupil(), session: "b");
    }

    [Fact]
    public void Connections_are_limited_for_the_whole_relay_and_a_replaced_one_counts_once()
    {
        var options = new SfuOptions { MaxPeers = 2 };
        using var relay = new VirtualRelay(options, new SessionQuota(options.MaxSessions, 0, options.MaxPeers));
        relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = relay.Connect(PeerRole.Pupil, Offers.Pupil());
        for (var i = 0; i < 3; i++) pupil = relay.Connect(PeerRole.Pupil, Offers.Pupil()); // the same device again

        Assert.Equal(JoinRefusal.TooMany, Refused(relay, PeerRole.Observer, "an observer"));
        Assert.Equal(JoinRefusal.TooMany, Refused(relay, PeerRole.Pupil, session: "b"));
        Assert.Equal((2, 1), (relay.Core.Counters.JoinsOverLimit, relay.Core.RoomCount));
        relay.Core.Leave("a", pupil.Joined.ResourceId, null, relay.Now);
        relay.Connect(PeerRole.Observer, Offers.Observer(), "an observer");
    }

    [Fact]
    public void Observers_are_limited_for_each_session()
    {
        using var relay = new VirtualRelay(new SfuOptions { MaxObserversPerSession = 1 });
        relay.Connect(PeerRole.Observer, Offers.Observer(), "one");

        Assert.Equal(JoinRefusal.TooMany, Refused(relay, PeerRole.Observer, "two"));
        Assert.Equal(1, relay.Core.Counters.JoinsOverLimit);
    }

    [Fact]
    public void Sources_are_limited_for_each_peer()
    {
        using var relay = new VirtualRelay(new SfuOptions { MaxSourcesPerPeer = 4 });
        var robot = relay.Connect(PeerRole.Robot, Offers.Robot());

        for (uint ssrc = 100; ssrc < 110; ssrc++) relay.Send(robot, robot.Rtp(1, 0, [0x41, 1], "v", ssrc));

        Assert.Equal(6, relay.Core.Counters.TooManySources);
    }

    [Fact]
    public void A_handshake_that_drips_ends_at_its_deadline_and_gives_its_place_back()
    {
        using var relay = NewRelay(new SfuOptions { HandshakeDeadlineSeconds = 2, MaxHandshakesPerShard = 1 });
        var dripping = Joined(relay, "a");
        relay.Core.OnDatagram(Checks.For(dripping.Joined), dripping.Address, relay.Now);
        var waiting = Joined(relay, "b");
        relay.Core.OnDatagram(Checks.For(waiting.Joined), waiting.Address, relay.Now);
        Assert.Equal(1, relay.Core.Counters.HandshakesDeferred);

        var hello = Hello();
        for (var at = 0; at < hello.Length && relay.Core.Counters.HandshakesExpired == 0; at++)
        {
            relay.Core.OnDatagram(Fragment(hello, at), dripping.Address, relay.Now);
            relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal(1, relay.Core.Counters.HandshakesExpired);
        Assert.Equal(1, relay.Core.Counters.HandshakesFailed);
        relay.Core.OnDatagram(Checks.For(waiting.Joined), waiting.Address, relay.Now);
        Assert.Equal(2, relay.Core.Counters.HandshakesStarted);
    }

    [Fact]
    public void What_a_handshake_may_hold_is_limited()
    {
        using var relay = NewRelay(new SfuOptions { HandshakeDeadlineSeconds = 1, HandshakeReassemblyBytes = 16_384, HandshakeEarlyRecords = 2 });
        var peer = Joined(relay, "a");
        relay.Core.OnDatagram(Checks.For(peer.Joined), peer.Address, relay.Now);

        for (ushort message = 0; message < 8; message++)
            relay.Core.OnDatagram(DtlsInputFilterTests.Handshake(message, 5_000, 0, 10), peer.Address, relay.Now);
        for (ulong record = 0; record < 5; record++)
            relay.Core.OnDatagram(DtlsInputFilterTests.Record(22, 1, new byte[60], record), peer.Address, relay.Now);
        relay.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(5 + 3, relay.Core.Counters.HandshakeRecordsRefused);
    }

    [Fact]
    public void A_peer_whose_handshakes_fail_begins_few_of_them()
    {
        using var relay = NewRelay(new SfuOptions { HandshakeDeadlineSeconds = 1 });
        var peer = Joined(relay, "a");
        for (var i = 0; i < 400; i++)
        {
            relay.Core.OnDatagram(Checks.For(peer.Joined), peer.Address, relay.Now);
            relay.Core.OnDatagram([22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, 0, 13, 99, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 7], peer.Address, relay.Now); // OpenSSL refuses it
        }

        Assert.InRange(relay.Core.Counters.HandshakesStarted, 1, 5);
        Assert.NotEqual(0, relay.Core.Counters.HandshakesLimited);
    }

    [Fact]
    public async Task Requests_that_wait_for_a_shard_are_limited()
    {
        var options = new SfuOptions { CommandQueueLength = 16 };
        var settings = new ShardSettings(options, VirtualRelay.ServerDtls.Fingerprint, [], () => throw new NotSupportedException(), new SessionQuota(1, 0));
        await using var shard = new Shard(
            DatagramSockets.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0)), settings, new RoomChanges(), TimeProvider.System, NullLogger.Instance);

        // Not started: nobody takes them.
        var taken = Enumerable.Range(0, 20).Count(_ => shard.TryPost(new ShardRequest<int>((_, _) => 0)));

        Assert.Equal(16, taken);
        Assert.Equal(4, shard.Core.Counters.CommandsRefused);
    }

    [Fact]
    public void Every_counter_has_a_metric()
    {
        var counters = new ShardCounters();
        var fields = typeof(ShardCounters).GetFields();
        for (var i = 0; i < fields.Length; i++) fields[i].SetValue(counters, 1_000L + i);

        Assert.Equal(Enumerable.Range(1_000, fields.Length).Select(value => (long)value), ShardCounters.All.Select(counter => counter.Read(counters)).Order());
    }

    private static VirtualRelay NewRelay(SfuOptions options) => new(options);

    private static VirtualPeer Joined(VirtualRelay relay, string session)
    {
        var peer = relay.NewPeer(Offers.Pupil());
        peer.Apply(Assert.IsType<JoinOutcome.Joined>(relay.Join(PeerRole.Pupil, peer.Offer, session: session)), relay.Now);
        peer.IsOnline = false;
        return peer;
    }

    private static JoinRefusal Refused(VirtualRelay relay, PeerRole role, string identity = "one", string session = "a")
        => Assert.IsType<JoinOutcome.Refused>(relay.Join(
            role, relay.NewPeer(role == PeerRole.Pupil ? Offers.Pupil() : Offers.Observer()).Offer, identity, session: session)).Reason;

    private static byte[] Hello()
    {
        using var dtls = new DtlsPair();
        dtls.Client.Start(TimeSpan.Zero);
        return dtls.Take(DtlsRole.Client)[0];
    }

    /// <summary>One byte of a ClientHello, as a fragment of its own.</summary>
    private static byte[] Fragment(byte[] hello, int at)
    {
        const int Headers = 13 + 12;
        var record = DtlsInputFilterTests.Handshake(0, hello.Length - Headers, Math.Min(at, hello.Length - Headers - 1), 1);
        record[10] = (byte)at;
        record[^1] = hello[Headers + Math.Min(at, hello.Length - Headers - 1)];
        return record;
    }
}

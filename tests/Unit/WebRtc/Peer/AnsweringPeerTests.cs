using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

public sealed class AnsweringPeerTests : IDisposable
{
    private static readonly TransportAddress Caller = TransportAddress.FromIPv4(0x0A000002, 40_000);
    private static readonly TransportAddress CallerByCable = TransportAddress.FromIPv4(0x0A000102, 40_001);
    private static readonly TransportAddress Here = TransportAddress.FromIPv4(0xC0000201, 20_000);
    private static readonly byte[] ReceiverReport = [0x80, 201, 0, 1, 1, 2, 3, 4];

    private readonly RecordingSink _callersSink = new();
    private readonly RecordingSink _sink = new();
    private readonly OfferingPeer _caller;
    private readonly AnsweringPeer _peer;
    private readonly OfferingPeerHost _callersHost;
    private readonly AnsweringPeerHost _host;
    private ushort _sequence;

    public AnsweringPeerTests()
    {
        _caller = new OfferingPeer(
            DtlsPair.ClientContext, [IceCandidate.Host(Caller)],
            [new OfferedMedia("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = 2_000 }],
            _callersSink, new OfferingPeerOptions { Ice = new IceAgentOptions { Random = new Random(5) } });
        _peer = new AnsweringPeer(
            DtlsPair.ServerContext, [IceCandidate.Host(Here)],
            [new AnsweredMedia("audio", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = 3_000 }], _sink);
        _callersHost = new OfferingPeerHost(_caller);
        _host = new AnsweringPeerHost(_peer);
    }

    [Fact]
    public void Without_loss_a_call_stands_after_a_few_round_trips()
    {
        var network = Build();
        Assert.Equal(PeerState.New, _peer.State);
        Negotiate(network);
        Assert.Equal(PeerState.Connecting, _peer.State);

        var after = network.RunUntil(BothConnected, TimeSpan.FromSeconds(10));

        Assert.InRange(after?.TotalMilliseconds ?? 9_999, 1, 100); // five round trips of 20 ms at most
        Assert.Equal(new CandidatePair(Here, Caller), _peer.Selected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_fifth_of_the_datagrams_lost_does_not_keep_a_call_from_standing(int seed)
    {
        var network = Build(seed);
        network.Loss = 0.2;
        Negotiate(network);

        Assert.NotNull(network.RunUntil(BothConnected, TimeSpan.FromSeconds(30)));
        AssertMediaPasses(network, atLeast: 20);
    }

    [Fact]
    public void Media_and_its_reports_pass_both_ways()
    {
        var network = Connected();

        AssertMediaPasses(network, atLeast: 50);
        Assert.True(_callersHost.SendRtcp(ReceiverReport));
        Assert.True(_host.SendRtcp(ReceiverReport));
        network.Run(TimeSpan.FromMilliseconds(30));

        Assert.Equal(1, _sink.RtcpPackets);
        Assert.Equal(1, _callersSink.RtcpPackets);
    }

    [Fact]
    public void Before_the_call_stands_nothing_is_protected()
    {
        Assert.False(_host.SendRtp(Packet(3_000, 1)));
        var network = Build();
        Negotiate(network);
        Assert.False(_host.SendRtp(Packet(3_000, 1)));
        Assert.False(_host.SendRtcp(ReceiverReport));
    }

    [Fact]
    public void Another_certificate_than_the_offer_promised_is_no_peer()
    {
        var network = Build();
        Negotiate(network, offer => offer.Replace(DtlsPair.ClientContext.Fingerprint.ToString(), DtlsPair.ServerContext.Fingerprint.ToString(), StringComparison.Ordinal));

        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Failed, TimeSpan.FromSeconds(30)));
        Assert.Contains("certificate", _peer.Failure, StringComparison.Ordinal);
        Assert.False(_host.SendRtp(Packet(3_000, 1)));
    }

    [Fact]
    public void An_offer_that_is_passive_makes_us_the_client()
    {
        using var other = new AnsweringPeer(
            DtlsPair.ServerContext, [IceCandidate.Host(Here)], [new AnsweredMedia("audio", MediaDirection.RecvOnly, [OfferedCodecs.Opus()])], _sink);
        var network = new VirtualNetwork();
        network.Add(_callersHost, Caller);
        network.Add(new AnsweringPeerHost(other), Here);
        var offer = _caller.CreateOffer().Replace("actpass", "passive", StringComparison.Ordinal);

        Assert.True(other.TryCreateAnswer(offer, network.Now, out var answer, out var error), error);

        Assert.Contains("a=setup:active", answer, StringComparison.Ordinal);
        Assert.True(_caller.TryApplyAnswer(answer, network.Now, out error), error);
        Assert.NotNull(network.RunUntil(() => other.State == PeerState.Connected && _caller.State == PeerState.Connected, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Who_is_never_found_has_failed_and_says_so()
    {
        var network = Build();
        network.IsCut = static (_, _) => true;
        Negotiate(network);

        network.Run(TimeSpan.FromSeconds(29));
        Assert.Equal(PeerState.Connecting, _peer.State);
        network.Run(TimeSpan.FromSeconds(2));

        Assert.Equal(PeerState.Failed, _peer.State);
        Assert.Contains("path", _peer.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_consent_nothing_is_sent_until_the_caller_is_back()
    {
        var network = Connected();
        network.Loss = 1;

        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Disconnected, TimeSpan.FromSeconds(40)));
        Assert.Null(_peer.Selected);
        Assert.False(_host.SendRtp(Packet(3_000, 500)));

        network.Loss = 0;
        Restart(network);
        Assert.NotNull(network.RunUntil(BothConnected, TimeSpan.FromSeconds(5)));
        AssertMediaPasses(network, atLeast: 50);
    }

    [Fact]
    public void A_restart_moves_the_call_to_another_network_with_the_same_keys()
    {
        var network = Connected();
        network.Add(_callersHost, CallerByCable);
        network.IsCut = static (from, to) => from == Caller || to == Caller; // the first network is gone

        Restart(network, [IceCandidate.Host(CallerByCable)]);

        Assert.NotNull(network.RunUntil(
            () => _peer.Selected?.Remote == CallerByCable && _caller.Selected?.Local == CallerByCable, TimeSpan.FromSeconds(5)));
        Assert.Equal(PeerState.Connected, _peer.State);
        AssertMediaPasses(network, atLeast: 50);
    }

    [Fact]
    public void A_restart_needs_a_call_and_credentials()
    {
        var fragment = $"a=ice-ufrag:abcd\r\na=ice-pwd:{new string('x', 24)}\r\n";
        Assert.False(_peer.TryAnswerRestart(fragment, out _, out var error));
        Assert.NotEmpty(error);

        Connected();
        Assert.False(_peer.TryAnswerRestart("a=ice-ufrag:abcd\r\n", out _, out error));
        Assert.NotEmpty(error);
        Assert.False(_peer.TryAnswerRestart("a=ice-ufrag:\r\n", out _, out error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Datagrams_from_elsewhere_are_dropped_unseen()
    {
        var network = Connected();
        var dropped = _peer.DroppedDatagrams;
        var stranger = TransportAddress.FromIPv4(0xC6336407, 9);
        byte[] alert = [21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40];

        network.Send(alert, stranger, Here);
        network.Send([0x80, 96, .. new byte[40]], stranger, Here);
        network.Send([0x80, 96, .. new byte[40]], Caller, Here);
        network.Send([200, 1, 2, 3], Caller, Here);
        network.Send([], Caller, Here);
        network.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(PeerState.Connected, _peer.State);
        Assert.Equal(4, _peer.DroppedDatagrams - dropped);
        Assert.Empty(_sink.Rtp);
    }

    [Fact]
    public void A_goodbye_closes_the_other_end_whoever_says_it()
    {
        var network = Connected();
        _caller.Close();
        network.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(PeerState.Closed, _peer.State);
        _peer.Close();
        Assert.Equal(PeerState.Closed, _peer.State);
        Assert.Null(_peer.NextTimeout);
    }

    [Fact]
    public void Our_goodbye_reaches_the_caller()
    {
        var network = Connected();
        _peer.Close();
        network.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(PeerState.Closed, _peer.State);
        Assert.Equal(PeerState.Closed, _caller.State);
    }

    [Fact]
    public void Receiving_media_allocates_nothing()
    {
        var sink = new CountingSink();
        using var peer = new AnsweringPeer(
            DtlsPair.ServerContext, [IceCandidate.Host(Here)], [new AnsweredMedia("audio", MediaDirection.RecvOnly, [OfferedCodecs.Opus()])], sink);
        var network = new VirtualNetwork();
        network.Add(_callersHost, Caller);
        network.Add(new AnsweringPeerHost(peer), Here);
        Assert.True(peer.TryCreateAnswer(_caller.CreateOffer(), network.Now, out var answer, out var error), error);
        Assert.True(_caller.TryApplyAnswer(answer, network.Now, out error), error);
        Assert.NotNull(network.RunUntil(() => peer.State == PeerState.Connected && _caller.State == PeerState.Connected, TimeSpan.FromSeconds(5)));
        var datagrams = new byte[200][];
        for (var i = 0; i < datagrams.Length; i++)
        {
            byte[] buffer = [.. Packet(2_000, (ushort)i), .. new byte[64]];
            datagrams[i] = buffer[.._caller.ProtectRtp(buffer, buffer.Length - 64)];
        }

        for (var i = 0; i < 100; i++) peer.OnDatagram(datagrams[i], Here, Caller, network.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 100; i < 200; i++) peer.OnDatagram(datagrams[i], Here, Caller, network.Now);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(200, sink.Packets);
    }

    public void Dispose()
    {
        _caller.Dispose();
        _peer.Dispose();
    }

    private static byte[] Packet(uint ssrc, ushort sequence)
    {
        var buffer = new byte[200];
        var writer = new RtpPacketWriter(buffer, new RtpHeader(111, false, sequence, sequence * 960u, ssrc));
        return buffer[..writer.Finish("twenty milliseconds of sound"u8)];
    }

    private bool BothConnected() => _peer.State == PeerState.Connected && _caller.State == PeerState.Connected;

    private VirtualNetwork Build(int seed = 1)
    {
        var network = new VirtualNetwork(seed);
        network.Add(_callersHost, Caller);
        network.Add(_host, Here);
        return network;
    }

    private void Negotiate(VirtualNetwork network, Func<string, string>? change = null)
    {
        var offer = _caller.CreateOffer();
        Assert.True(_peer.TryCreateAnswer(change?.Invoke(offer) ?? offer, network.Now, out var answer, out var error), error);
        Assert.True(_caller.TryApplyAnswer(answer, network.Now, out error), error);
    }

    private VirtualNetwork Connected()
    {
        var network = Build();
        Negotiate(network);
        Assert.NotNull(network.RunUntil(BothConnected, TimeSpan.FromSeconds(5)));
        network.Run(TimeSpan.FromMilliseconds(100));
        return network;
    }

    private void Restart(VirtualNetwork network, IReadOnlyList<IceCandidate>? candidates = null)
    {
        Assert.True(_peer.TryAnswerRestart(_caller.RestartIce(network.Now, candidates), out var fragment, out var error), error);
        Assert.True(_caller.TryApplyRestart(fragment, network.Now, out error), error);
    }

    private void AssertMediaPasses(VirtualNetwork network, int atLeast)
    {
        var (there, back) = (_sink.Rtp.Count, _callersSink.Rtp.Count);
        for (var i = 0; i < 50; i++)
        {
            Assert.True(_callersHost.SendRtp(Packet(2_000, _sequence)));
            Assert.True(_host.SendRtp(Packet(3_000, _sequence++)));
            network.Run(TimeSpan.FromMilliseconds(20));
        }

        network.Run(TimeSpan.FromMilliseconds(50));
        Assert.InRange(_sink.Rtp.Count - there, atLeast, 50);
        Assert.InRange(_callersSink.Rtp.Count - back, atLeast, 50);
        Assert.All(_sink.Rtp, packet => Assert.Equal("twenty milliseconds of sound"u8, packet.Payload));
    }
}

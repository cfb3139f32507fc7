using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

public sealed class OfferingPeerTests : IDisposable
{
    private static readonly TransportAddress Robot = TransportAddress.FromIPv4(0x0A000002, 40_000);
    private static readonly TransportAddress RobotByCable = TransportAddress.FromIPv4(0x0A000102, 40_001);
    private static readonly TransportAddress Relay = TransportAddress.FromIPv4(0xC0000201, 20_000);
    private static readonly byte[] ReceiverReport = [0x80, 201, 0, 1, 1, 2, 3, 4];

    private static readonly OfferedMedia Video = new("video", "video", MediaDirection.SendOnly, [OfferedCodecs.H264(), OfferedCodecs.Vp8()])
    {
        Msid = new SdpMediaStreamId("camera", "lens"),
        Ssrc = 1_000,
        RtxSsrc = 1_001,
        Extensions = [new RtpExtensionMap(1, RtpExtensionUris.Mid), new RtpExtensionMap(2, RtpExtensionUris.PlayoutDelay)],
    };

    private static readonly OfferedMedia Audio = new("audio", "audio", MediaDirection.SendRecv, [OfferedCodecs.Opus()])
    {
        Msid = new SdpMediaStreamId("room", "microphone"),
        Ssrc = 2_000,
        Extensions = [new RtpExtensionMap(1, RtpExtensionUris.Mid)],
    };

    private readonly RecordingSink _sink = new();
    private readonly OfferingPeer _peer;
    private readonly OfferingPeerHost _host;
    private readonly PassivePeer _relay = new(DtlsPair.ServerContext, Relay);

    private ushort _sequence;

    public OfferingPeerTests()
    {
        _peer = NewPeer([Video, Audio], _sink);
        _host = new OfferingPeerHost(_peer);
    }

    [Fact]
    public void Without_loss_a_call_stands_after_a_few_round_trips()
    {
        var network = Build();
        ApplyAnswer(network);
        Assert.Equal(PeerState.Connecting, _peer.State);

        var after = network.RunUntil(() => _peer.State == PeerState.Connected && _relay.IsAuthenticated, TimeSpan.FromSeconds(10));

        Assert.InRange(after?.TotalMilliseconds ?? 9_999, 1, 100); // five round trips of 20 ms: one of ICE, DTLS's, and the relay's last look
        Assert.Equal(new CandidatePair(Robot, Relay), _peer.Selected);
        Assert.Equal(TimeSpan.FromMilliseconds(20), _peer.RoundTrip);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_fifth_of_the_datagrams_lost_does_not_keep_a_call_from_standing(int seed)
    {
        var network = Build(seed);
        network.Loss = 0.2;
        ApplyAnswer(network);

        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Connected && _relay.IsAuthenticated, TimeSpan.FromSeconds(30)));
        AssertMediaPasses(network, atLeast: 20);
    }

    [Fact]
    public void Media_and_its_reports_pass_both_ways()
    {
        var network = Connected();

        AssertMediaPasses(network, atLeast: 50);
        Assert.True(_host.SendRtcp(ReceiverReport));
        _relay.SendRtcp(ReceiverReport);
        network.Run(TimeSpan.FromMilliseconds(30));

        Assert.Equal(ReceiverReport, Assert.Single(_relay.Rtcp));
        Assert.Equal(1, _sink.RtcpPackets);
    }

    [Fact]
    public void Before_the_call_stands_nothing_is_protected()
    {
        Assert.Equal(PeerState.New, _peer.State);
        Assert.False(_host.SendRtp(Packet(1_000, 1)));
        ApplyAnswer(Build());
        Assert.False(_host.SendRtp(Packet(1_000, 1)));
    }

    [Fact]
    public void Another_certificate_than_the_answer_promised_is_no_peer()
    {
        var network = Build();
        ApplyAnswer(network, claimed: DtlsPair.ClientContext.Fingerprint);

        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Failed, TimeSpan.FromSeconds(30)));
        Assert.Contains("certificate", _peer.Failure, StringComparison.Ordinal);
        Assert.False(_host.SendRtp(Packet(1_000, 1)));
    }

    [Fact]
    public void A_restart_moves_the_call_to_another_network_with_the_same_keys()
    {
        var network = Connected();
        network.Add(_host, RobotByCable);
        network.IsCut = static (from, to) => from == Robot || to == Robot; // the first network is gone

        RestartIce(network, [IceCandidate.Host(RobotByCable)]);

        Assert.NotNull(network.RunUntil(() => _peer.Selected?.Local == RobotByCable, TimeSpan.FromSeconds(5)));
        Assert.Equal(PeerState.Connected, _peer.State);
        AssertMediaPasses(network, atLeast: 50);
    }

    [Fact]
    public void A_minute_without_network_is_mended_by_a_restart()
    {
        var network = Connected();
        network.Loss = 1;
        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Disconnected, TimeSpan.FromSeconds(15)));
        network.Run(TimeSpan.FromSeconds(60));
        Assert.Equal(PeerState.Failed, _peer.State);
        Assert.False(_host.SendRtp(Packet(1_000, 1))); // no consent
        network.Loss = 0;

        RestartIce(network);

        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Connected, TimeSpan.FromSeconds(5)));
        AssertMediaPasses(network, atLeast: 50);
    }

    [Fact]
    public void A_restart_that_was_not_asked_for_is_refused()
    {
        Connected();

        Assert.False(_peer.TryApplyRestart($"a=ice-ufrag:abcd\r\na=ice-pwd:{new string('x', 24)}\r\n", TimeSpan.Zero, out var error));
        Assert.NotEmpty(error);
        _peer.RestartIce(TimeSpan.Zero);
        Assert.False(_peer.TryApplyRestart("a=ice-ufrag:abcd\r\n", TimeSpan.Zero, out error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Datagrams_from_elsewhere_are_dropped_unseen()
    {
        var network = Connected();
        var stranger = TransportAddress.FromIPv4(0xC6336407, 9);
        byte[] alert = [21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40];

        network.Send(alert, stranger, Robot);
        network.Send([0x80, 96, .. new byte[40]], stranger, Robot);
        network.Send([0x80, 96, .. new byte[40]], Relay, Robot);
        network.Send([200, 1, 2, 3], Relay, Robot);
        network.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(PeerState.Connected, _peer.State);
        Assert.Equal(4, _peer.DroppedDatagrams);
        Assert.Empty(_sink.Rtp);
    }

    [Fact]
    public void A_goodbye_closes_the_other_end()
    {
        var network = Connected();
        _peer.Close();

        Assert.Equal(PeerState.Closed, _peer.State);
        network.Run(TimeSpan.FromMilliseconds(50));
        Assert.False(_relay.IsAuthenticated);
        Assert.Null(_peer.NextTimeout);
    }

    [Fact]
    public void Receiving_media_allocates_nothing()
    {
        var sink = new CountingSink();
        using var peer = NewPeer([Video, Audio], sink);
        var network = new VirtualNetwork();
        network.Add(new OfferingPeerHost(peer), Robot);
        network.Add(_relay, Relay);
        Assert.True(peer.TryApplyAnswer(_relay.Answer(peer.CreateOffer(), network.Now), network.Now, out _));
        Assert.NotNull(network.RunUntil(() => peer.State == PeerState.Connected && _relay.IsAuthenticated, TimeSpan.FromSeconds(5)));
        for (ushort sequence = 0; sequence < 200; sequence++) _relay.SendRtp(Packet(3_000, sequence));
        var datagrams = new byte[200][];
        var buffer = new byte[2_048];
        for (var i = 0; i < datagrams.Length; i++)
        {
            Assert.True(_relay.TryTakeDatagram(buffer, out var length, out _, out _));
            datagrams[i] = buffer[..length];
        }

        for (var i = 0; i < 100; i++) peer.OnDatagram(datagrams[i], Robot, Relay, network.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 100; i < 200; i++) peer.OnDatagram(datagrams[i], Robot, Relay, network.Now);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(200, sink.Packets);
    }

    public void Dispose()
    {
        _peer.Dispose();
        _relay.Dispose();
    }

    private static OfferingPeer NewPeer(IReadOnlyList<OfferedMedia> media, IPeerMediaSink sink)
        => new(DtlsPair.ClientContext, [IceCandidate.Host(Robot)], media, sink, new OfferingPeerOptions { Ice = new IceAgentOptions { Random = new Random(5) } });

    private static byte[] Packet(uint ssrc, ushort sequence)
    {
        var buffer = new byte[200];
        var writer = new RtpPacketWriter(buffer, new RtpHeader(111, false, sequence, sequence * 960u, ssrc));
        return buffer[..writer.Finish("twenty milliseconds of sound"u8)];
    }

    private VirtualNetwork Build(int seed = 1)
    {
        var network = new VirtualNetwork(seed);
        network.Add(_host, Robot);
        network.Add(_relay, Relay);
        return network;
    }

    private void ApplyAnswer(VirtualNetwork network, Fingerprint? claimed = null)
        => Assert.True(_peer.TryApplyAnswer(_relay.Answer(_peer.CreateOffer(), network.Now, claimed), network.Now, out var error), error);

    private VirtualNetwork Connected()
    {
        var network = Build();
        ApplyAnswer(network);
        Assert.NotNull(network.RunUntil(() => _peer.State == PeerState.Connected && _relay.IsAuthenticated, TimeSpan.FromSeconds(5)));
        network.Run(TimeSpan.FromMilliseconds(100));
        return network;
    }

    private void RestartIce(VirtualNetwork network, IReadOnlyList<IceCandidate>? candidates = null)
    {
        Assert.True(SdpFragment.TryParse(_peer.RestartIce(network.Now, candidates), out var ours, out _));
        Assert.NotNull(ours.Credentials);
        _relay.Ice.Restart(IceCredentials.Generate());
        var theirs = new SdpFragment { Credentials = _relay.Ice.Local };
        Assert.True(_peer.TryApplyRestart(theirs.ToString(), network.Now, out var error), error);
    }

    private void AssertMediaPasses(VirtualNetwork network, int atLeast)
    {
        var (there, back) = (_relay.Rtp.Count, _sink.Rtp.Count);
        for (var i = 0; i < 50; i++)
        {
            Assert.True(_host.SendRtp(Packet(2_000, _sequence)));
            _relay.SendRtp(Packet(3_000, _sequence++));
            network.Run(TimeSpan.FromMilliseconds(20));
        }

        network.Run(TimeSpan.FromMilliseconds(50));
        Assert.InRange(_relay.Rtp.Count - there, atLeast, 50);
        Assert.InRange(_sink.Rtp.Count - back, atLeast, 50);
        Assert.All(_sink.Rtp, packet => Assert.Equal("twenty milliseconds of sound"u8, packet.Payload));
    }
}

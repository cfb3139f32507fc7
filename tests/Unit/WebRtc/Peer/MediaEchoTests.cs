using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

public sealed class MediaEchoTests : IDisposable
{
    private static readonly TransportAddress Caller = TransportAddress.FromIPv4(0x0A000002, 40_000);
    private static readonly TransportAddress Here = TransportAddress.FromIPv4(0xC0000201, 20_000);
    private static readonly RtpExtensionMap MidExtension = new(3, RtpExtensionUris.Mid);

    private readonly EchoSink _callersSink = new();
    private readonly OfferingPeer _caller;
    private readonly OfferingPeerHost _callersHost;
    private readonly MediaEcho _echo = new();
    private readonly AnsweringPeer _peer;
    private readonly VirtualNetwork _network = new();

    public MediaEchoTests()
    {
        _caller = new OfferingPeer(
            DtlsPair.ClientContext, [IceCandidate.Host(Caller)],
            [
                new OfferedMedia("video", "v", MediaDirection.SendRecv, [OfferedCodecs.Vp8()]) { Ssrc = 11, RtxSsrc = 12, Extensions = [MidExtension] },
                new OfferedMedia("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = 13, Extensions = [MidExtension] },
                new OfferedMedia("video", "w", MediaDirection.SendOnly, [OfferedCodecs.H264()]) { Ssrc = 14 },
            ],
            _callersSink, new OfferingPeerOptions { Ice = new IceAgentOptions { Random = new Random(5) } });
        _callersHost = new OfferingPeerHost(_caller);
        _peer = new AnsweringPeer(
            DtlsPair.ServerContext, [IceCandidate.Host(Here)],
            [
                new AnsweredMedia("video", MediaDirection.SendRecv, [OfferedCodecs.Vp8()]) { Ssrc = 21, Rtx = true, ExtensionUris = [RtpExtensionUris.Mid] },
                new AnsweredMedia("audio", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = 23, ExtensionUris = [RtpExtensionUris.Mid] },
                new AnsweredMedia("video", MediaDirection.SendRecv, [OfferedCodecs.H264()]),
            ],
            _echo);
        _network.Add(_callersHost, Caller);
        _network.Add(new EchoHost(_peer, _echo), Here);
        Assert.True(_peer.TryCreateAnswer(_caller.CreateOffer(), _network.Now, out var answer, out var error), error);
        Assert.True(_caller.TryApplyAnswer(answer, _network.Now, out error), error);
        Assert.NotNull(_network.RunUntil(() => _peer.State == PeerState.Connected && _caller.State == PeerState.Connected, TimeSpan.FromSeconds(5)));
        _network.Run(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Each_packet_comes_back_from_the_source_that_was_announced()
    {
        Send(ssrc: 11, PayloadTypeOf("v"), sequenceNumber: 700, "picture"u8);
        Send(ssrc: 13, PayloadTypeOf("a"), sequenceNumber: 800, "sound"u8);

        Assert.Equal(
            [(21u, (ushort)700, "picture"), (23u, (ushort)800, "sound")],
            _callersSink.Rtp.Select(packet => (packet.Header.Ssrc, packet.Header.SequenceNumber, System.Text.Encoding.ASCII.GetString(packet.Payload))));
        Assert.Equal(_caller.Media[0].RemoteSsrc, _callersSink.Rtp[0].Header.Ssrc);
    }

    [Fact]
    public void Repeats_come_back_as_repeats()
    {
        Send(ssrc: 12, (byte)_caller.Media[0].RtxPayloadType!.Value, sequenceNumber: 1, "repeat"u8); // agreed on above

        Assert.Equal(_caller.Media[0].RemoteSsrcs[1].Ssrc, Assert.Single(_callersSink.Rtp).Header.Ssrc);
    }

    [Fact]
    public void An_unannounced_source_is_known_by_its_mid_or_its_payload_type()
    {
        Send(ssrc: 99, PayloadTypeOf("v"), sequenceNumber: 1, "by mid"u8, mid: "v");
        Send(ssrc: 98, PayloadTypeOf("a"), sequenceNumber: 1, "by payload type"u8);

        Assert.Equal([21u, 23u], _callersSink.Rtp.Select(packet => packet.Header.Ssrc));
    }

    [Fact]
    public void What_belongs_nowhere_or_goes_one_way_does_not_come_back()
    {
        Send(ssrc: 97, payloadType: 77, sequenceNumber: 1, "unknown"u8);
        Send(ssrc: 14, PayloadTypeOf("w"), sequenceNumber: 1, "one way"u8);

        Assert.Empty(_callersSink.Rtp);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_for_a_key_frame_comes_back_for_the_senders_own_stream(bool isPictureLoss)
    {
        var buffer = new byte[100];
        int Write(Span<byte> into) => isPictureLoss ? RtcpWriter.WritePli(into, 1, 21) : RtcpWriter.WriteFir(into, 1, 21, 0);
        Assert.True(_callersHost.SendRtcp(buffer[..Write(buffer)]));
        _network.Run(TimeSpan.FromMilliseconds(50));
        Assert.Empty(_callersSink.Losses); // nothing has come from there yet

        Send(ssrc: 11, PayloadTypeOf("v"), sequenceNumber: 1, "picture"u8);
        Assert.True(_callersHost.SendRtcp(buffer[..Write(buffer)]));
        _network.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(11u, Assert.Single(_callersSink.Losses));
    }

    [Fact]
    public void A_flood_is_cut_and_not_kept()
    {
        var packet = new byte[100];
        var writer = new RtpPacketWriter(packet, new RtpHeader(PayloadTypeOf("a"), false, 1, 0, 13));
        Assert.Equal(RtpParseError.None, RtpPacket.TryParse(packet.AsSpan(0, writer.Finish("sound"u8)), out var view));
        for (var i = 0; i < 1_000; i++) _echo.OnRtp(view, _network.Now);

        var buffer = new byte[1_600];
        var taken = 0;
        while (_echo.TryTakeDatagram(_peer, buffer, out _, out _, out _)) taken++;

        Assert.Equal(1, taken); // one number, one nonce: the copies are refused
        Assert.False(_echo.TryTakeDatagram(_peer, buffer, out _, out _, out _));
    }

    public void Dispose()
    {
        _caller.Dispose();
        _peer.Dispose();
    }

    private byte PayloadTypeOf(string mid) => (byte)_caller.Media.First(media => media.Mid == mid).Codec!.PayloadType; // accepted: it has a codec

    private void Send(uint ssrc, byte payloadType, ushort sequenceNumber, ReadOnlySpan<byte> payload, string? mid = null)
    {
        var buffer = new byte[200];
        var writer = new RtpPacketWriter(buffer, new RtpHeader(payloadType, false, sequenceNumber, 0, ssrc));
        if (mid is not null) writer.AddExtension(MidExtension.Id, System.Text.Encoding.ASCII.GetBytes(mid));
        Assert.True(_callersHost.SendRtp(buffer[..writer.Finish(payload)]));
        _network.Run(TimeSpan.FromMilliseconds(50));
    }

    /// <summary>What an owner of both does: takes what the peer sends, then what goes back.</summary>
    private sealed class EchoHost(AnsweringPeer peer, MediaEcho echo) : IVirtualHost
    {
        public TimeSpan? NextTimeout => peer.NextTimeout;

        public void OnTimeout(TimeSpan now) => peer.OnTimeout(now);

        public void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
            => peer.OnDatagram((byte[])datagram.Clone(), local, remote, now);

        public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
            => peer.TryTakeDatagram(destination, out length, out local, out remote)
                || echo.TryTakeDatagram(peer, destination, out length, out local, out remote);
    }

    private sealed class EchoSink : IPeerMediaSink
    {
        public List<(RtpHeader Header, byte[] Payload)> Rtp { get; } = [];

        public List<uint> Losses { get; } = [];

        public void OnRtp(in RtpPacket packet, TimeSpan now) => Rtp.Add((packet.Header, packet.Payload.ToArray()));

        public void OnRtcp(RtcpReader reader, TimeSpan now)
        {
            while (reader.TryNext(out var packet))
                if (PictureLoss.TryParse(packet, out var loss)) Losses.Add(loss.MediaSsrc);
        }
    }
}

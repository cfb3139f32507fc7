using AV1Relay.Sfu;
using AV1Relay.Sfu.Statistics;
using AV1Relay.Tests.Unit.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Statistics;

public sealed class SessionStatisticsTests : IDisposable
{
    private static readonly byte[] Keyframe = [0x65, 1, 2, 3]; // an IDR slice in a packet of its own
    private static readonly byte[] Delta = [0x41, 4, 5, 6, 7];
    private static readonly byte[] Sound = [0xFC, 7, 8];

    private readonly VirtualRelay _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void A_session_that_nobody_is_in_has_none() => Assert.Null(_relay.Core.ReadStatistics("a", _relay.Now, VirtualRelay.Start));

    [Fact]
    public void What_a_publisher_sends_is_counted_as_it_arrives()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Send(robot, robot.Rtp(10, 0, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(13, 3_000, Delta, "v"));
        var at = _relay.Now;
        _relay.Advance(TimeSpan.FromMilliseconds(200));

        var video = Find<InboundRtpStats>("robot/inbound-robot-video");

        Assert.Equal("inbound-rtp", video.Type);
        Assert.Equal((Offers.VideoSsrc, "video", "v"), (video.Ssrc!.Value, video.Kind, video.Mid));
        Assert.Equal((2, 9), (video.PacketsReceived, video.BytesReceived));
        Assert.Equal(2, video.PacketsLost);
        Assert.True(video.NackCount > 0);
        Assert.Equal(Milliseconds(at), video.LastPacketReceivedTimestamp!.Value, 1.0);
        Assert.Equal("video/H264", Find<CodecStats>(video.CodecId!).MimeType);
        Assert.Equal(120, Find<CodecStats>(video.CodecId!).PayloadType);
    }

    [Fact]
    public void Repeated_packets_are_counted_apart_and_in_the_sum()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Send(robot, robot.Rtp(10, 0, Keyframe, "v"));
        var rtx = robot.Media[0].RtxPayloadType;
        _relay.Send(robot, robot.Rtp(1, 0, [0, 11, .. Delta], "v", Offers.VideoRtxSsrc, payloadType: rtx));

        var video = Find<InboundRtpStats>("robot/inbound-robot-video");

        Assert.Equal((2, 1), (video.PacketsReceived, video.RetransmittedPacketsReceived));
        Assert.Equal((9, 5), (video.BytesReceived, video.RetransmittedBytesReceived));
    }

    [Fact]
    public void A_publishers_own_report_is_shown_with_its_own_clock()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));
        var clock = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero); // a robot that has lost the time
        _relay.Send(robot, Report(robot, Offers.VideoSsrc, NtpTime.From(clock), packets: 17));

        var remote = Find<RemoteOutboundRtpStats>("robot/remote-outbound-robot-video");

        Assert.Equal((17, 1), (remote.PacketsSent, remote.ReportsSent));
        Assert.Equal(clock.ToUnixTimeMilliseconds(), remote.RemoteTimestamp, 1.0);
        Assert.Equal(Milliseconds(_relay.Now), remote.Timestamp, 1.0);
        Assert.Equal(remote.Id, Find<InboundRtpStats>(remote.LocalId).RemoteId);
    }

    [Fact]
    public void What_a_subscriber_gets_and_asks_for_is_counted()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(10, 0, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(11, 3_000, Delta, "v"));
        var ssrc = pupil.Media[0].RemoteSsrc!.Value;
        var last = pupil.On("v").Last().Header.SequenceNumber;

        _relay.Send(pupil, pupil.Rtcp(buffer => RtcpWriter.WriteNack(buffer.Span, 1, ssrc, [last])));
        _relay.Send(pupil, pupil.Rtcp(buffer => RtcpWriter.WritePli(buffer.Span, 1, ssrc)));
        _relay.Send(pupil, pupil.Rtcp(buffer => RtcpWriter.WriteFir(buffer.Span, 1, ssrc, 0)));

        var video = Find<OutboundRtpStats>("pupil/outbound-robot-video");
        Assert.Equal((3, 14), (video.PacketsSent, video.BytesSent));
        Assert.Equal((1, 5), (video.RetransmittedPacketsSent, video.RetransmittedBytesSent));
        Assert.Equal((1, 1, 1), (video.NackCount, video.PliCount, video.FirCount));
        Assert.Equal((ssrc, "v", true), (video.Ssrc!.Value, video.Mid, video.Active));
        Assert.Equal(102, Find<CodecStats>(video.CodecId!).PayloadType);
        Assert.Null(video.RemoteId);
    }

    [Fact]
    public void Keyframe_requests_are_counted_at_the_publisher_too()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Send(robot, robot.Rtp(10, 0, Keyframe, "v"));

        _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        Assert.Equal(robot.KeyframeRequests, Find<InboundRtpStats>("robot/inbound-robot-video").PliCount);
        Assert.True(robot.KeyframeRequests > 0);
    }

    [Theory]
    [InlineData("receiver report")]
    [InlineData("sender report")]
    public void The_round_trip_is_measured_by_the_relays_clock_alone(string kind)
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 960, Sound, "a"));
        var farFromOurs = NtpTime.From(new DateTimeOffset(2020, 1, 1, 0, 0, 0, 250, TimeSpan.Zero));
        _relay.Send(robot, Report(robot, Offers.AudioSsrc, farFromOurs, packets: 1));
        _relay.Advance(TimeSpan.FromMilliseconds(100));

        var ssrc = pupil.Media[1].RemoteSsrc!.Value;
        var block = new ReportBlock(
            ssrc, FractionLost: 64, CumulativeLost: 3, 20, Jitter: 480, farFromOurs.Middle32, NtpTime.ToMiddle32(TimeSpan.FromMilliseconds(60)));
        _relay.Send(pupil, pupil.Rtcp(buffer => kind == "receiver report"
            ? RtcpWriter.WriteReceiverReport(buffer.Span, 1, [block])
            : RtcpWriter.WriteSenderReport(buffer.Span, Offers.AudioSsrc, new SenderInfo(new NtpTime(1), 1, 1, 1), [block])));

        var remote = Find<RemoteInboundRtpStats>("pupil/remote-inbound-robot-audio");
        Assert.Equal(0.040, remote.RoundTripTime!.Value, 0.001);
        Assert.Equal((1, remote.RoundTripTime.Value), (remote.RoundTripTimeMeasurements, remote.TotalRoundTripTime));
        Assert.Equal((0.25, 3, 0.01), (remote.FractionLost, remote.PacketsLost, remote.Jitter));
        Assert.Equal(remote.Id, Find<OutboundRtpStats>(remote.LocalId).RemoteId);
    }

    [Fact]
    public void A_report_that_answers_none_of_ours_tells_loss_but_no_round_trip()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 960, Sound, "a"));
        var ssrc = pupil.Media[1].RemoteSsrc!.Value;

        _relay.Send(pupil, pupil.Rtcp(buffer => RtcpWriter.WriteReceiverReport(buffer.Span, 1, [new ReportBlock(ssrc, 0, 9, 1, 0, 0x1234_5678, 1)])));

        var remote = Find<RemoteInboundRtpStats>("pupil/remote-inbound-robot-audio");
        Assert.Equal((null, 0, 9), (remote.RoundTripTime, remote.RoundTripTimeMeasurements, remote.PacketsLost));
    }

    [Fact]
    public void The_transport_says_what_was_agreed_on_and_which_path_is_in_use()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var before = Find<TransportStats>("robot/transport");
        var datagram = robot.Rtp(1, 960, Sound, "a");
        _relay.Send(robot, datagram);

        var transport = Find<TransportStats>("robot/transport");

        Assert.Equal(("connected", "connected", "FEFD"), (transport.IceState, transport.DtlsState, transport.TlsVersion));
        Assert.Equal("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", transport.DtlsCipher);
        Assert.Equal("SRTP_AEAD_AES_128_GCM", transport.SrtpCipher);
        Assert.Equal((1, datagram.Length), (transport.PacketsReceived - before.PacketsReceived, transport.BytesReceived - before.BytesReceived));
        Assert.True(transport.PacketsSent > 0 && transport.BytesSent > transport.PacketsSent);
        var pair = Find<CandidatePairStats>(transport.SelectedCandidatePairId!);
        Assert.Equal(("succeeded", true), (pair.State, pair.Nominated));
        Assert.True(pair.RequestsReceived > 0);
        Assert.Equal("10.0.0.1", Find<CandidateStats>(pair.LocalCandidateId!).Address);
    }

    [Fact]
    public void Before_its_first_check_a_peer_is_new()
    {
        var peer = _relay.NewPeer(Offers.Robot());
        _relay.Join(PeerRole.Robot, peer.Offer);

        var transport = Find<TransportStats>("robot/transport");

        Assert.Equal(("new", "new", null, null), (transport.IceState, transport.DtlsState, transport.DtlsCipher, transport.SelectedCandidatePairId));
    }

    [Fact]
    public void A_peer_whose_checks_have_stopped_is_disconnected()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        robot.IsOnline = false;
        _relay.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("disconnected", Find<TransportStats>("robot/transport").IceState);
        var peer = Assert.Single(Take().Peers);
        Assert.False(peer.MayReceive);
        Assert.InRange(peer.SecondsSinceCheck!.Value, 30, 40);
    }

    [Fact]
    public void The_room_and_what_is_left_of_its_rights_are_told()
    {
        _relay.Connect(PeerRole.Robot, Offers.Robot(), rights: MediaRights.VideoToPupil | MediaRights.AudioToPupil);
        _relay.Connect(PeerRole.Pupil, Offers.Pupil(), rights: MediaRights.AudioToPupil | MediaRights.AudioFromPupil);
        _relay.Connect(PeerRole.Observer, Offers.Observer());

        var statistics = Take();

        Assert.Equal((MediaRights.All, MediaRights.AudioToPupil), (statistics.SessionRights, statistics.EffectiveRights));
        Assert.Equal(["robot", "pupil", "observer-1"], statistics.Peers.Select(peer => peer.Id));
        Assert.True(statistics.PupilPresent);
        Assert.Equal(statistics.Stats.Count, statistics.Stats.Select(stats => stats.Id).Distinct().Count());
    }

    [Fact]
    public void Nothing_personal_is_in_it()
    {
        _relay.Connect(PeerRole.Robot, Offers.Robot(), identity: "robot:robot-1");
        _relay.Connect(PeerRole.Observer, Offers.Observer(), identity: "Ms Example");

        var json = System.Text.Json.JsonSerializer.Serialize<object>(new { all = Take(), stats = Take().Stats.Cast<object>().ToArray() });

        Assert.DoesNotContain("robot-1", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Ms Example", json, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.2", json, StringComparison.Ordinal); // every peer's here
        Assert.Contains("10.0.0.0/24", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.0/24")]
    [InlineData("2001:db8:1234:5678::9", "2001:db8:1234::/48")]
    [InlineData("::1", "::/48")]
    public void An_address_is_cut_down_to_its_network(string address, string masked)
        => Assert.Equal(masked, MaskedAddress.Of(TransportAddress.From(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(address), 5_000))));

    private static byte[] Report(VirtualPeer peer, uint ssrc, NtpTime at, uint packets)
        => peer.Rtcp(buffer => RtcpWriter.WriteSenderReport(buffer.Span, ssrc, new SenderInfo(at, 960, packets, 1)));

    private static double Milliseconds(TimeSpan at) => (VirtualRelay.Start + at - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    private SessionStatistics Take()
    {
        var statistics = _relay.Core.ReadStatistics("a", _relay.Now, VirtualRelay.Start + _relay.Now);
        Assert.NotNull(statistics);
        return statistics;
    }

    private T Find<T>(string id)
        where T : RtcStats => Assert.IsType<T>(Assert.Single(Take().Stats, stats => stats.Id == id));
}

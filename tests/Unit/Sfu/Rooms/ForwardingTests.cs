using AV1Relay.Sfu;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Rooms;

public sealed class ForwardingTests : IDisposable
{
    private static readonly byte[] Keyframe = [0x65, 1, 2, 3]; // an IDR slice in a packet of its own
    private static readonly byte[] Delta = [0x41, 4, 5, 6];
    private static readonly byte[] Sound = [0xFC, 7, 8];

    private readonly VirtualRelay _relay = new();

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void The_robots_picture_reaches_the_pupil_under_the_pupils_own_numbers()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        _relay.Send(robot, robot.Rtp(65_535, 9_000, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(0, 12_000, Delta, "v", marker: false));

        var packets = pupil.On("v").ToArray();
        Assert.Equal([Keyframe, Delta], packets.Select(packet => packet.Payload));
        Assert.All(packets, packet => Assert.Equal(102, packet.Header.PayloadType));
        Assert.True(packets[0].Header.SequenceNumber < 0x8000);
        Assert.Equal(packets[0].Header.SequenceNumber + 1, packets[1].Header.SequenceNumber);
        Assert.Equal(3_000u, packets[1].Header.Timestamp - packets[0].Header.Timestamp);
        Assert.Equal([true, false], packets.Select(packet => packet.Header.Marker));
    }

    [Fact]
    public void A_pupil_may_come_before_the_robot()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());

        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));

        Assert.Equal(Keyframe, Assert.Single(pupil.On("v")).Payload);
    }

    [Fact]
    public void A_robot_that_comes_after_a_pupil_without_h264_is_asked_for_vp8()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil(OfferedCodecs.Vp8(96)));
        Assert.Equal(["VP8"], _relay.Room.PupilVideoCodecs);
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());

        _relay.Send(robot, robot.Rtp(1, 0, [0x10, 0x00, 0, 0], "v"));

        Assert.Equal("VP8", robot.Media[0].Codec?.Name);
        Assert.Equal(96, Assert.Single(pupil.On("v")).Header.PayloadType);
    }

    [Fact]
    public void Every_video_packet_carries_mid_transport_sequence_number_and_no_playout_delay()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        _relay.Send(robot, robot.Rtp(10, 0, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(11, 0, Delta, "v"));

        Assert.All(pupil.On("v"), packet =>
        {
            Assert.Equal("v"u8.ToArray(), packet.Extensions[3]);
            Assert.Equal([0, 0, 0], packet.Extensions[5]);
        });
        Assert.Equal([[0, 0], [0, 1]], pupil.On("v").Select(packet => packet.Extensions[4]));
    }

    [Fact]
    public void Sound_goes_both_ways_and_observers_hear_both_sides()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer());

        _relay.Send(robot, robot.Rtp(1, 960, Sound, "a"));
        _relay.Send(pupil, pupil.Rtp(1, 960, Delta, "a"));

        Assert.Equal(Sound, Assert.Single(pupil.Received).Payload);
        Assert.Equal(Delta, Assert.Single(robot.Received).Payload);
        Assert.Equal(Sound, Assert.Single(observer.On("a")).Payload);
        Assert.Equal(Delta, Assert.Single(observer.On("b")).Payload);
    }

    [Fact]
    public void Nothing_of_the_picture_is_sent_before_a_keyframe()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        _relay.Send(robot, robot.Rtp(2, 3_000, Delta, "v"));
        Assert.Empty(pupil.On("v"));
        Assert.True(robot.KeyframeRequests > 0);
        _relay.Send(robot, robot.Rtp(3, 6_000, Keyframe, "v"));

        Assert.Equal(Keyframe, Assert.Single(pupil.On("v")).Payload);
    }

    [Fact]
    public void A_keyframe_request_that_was_lost_is_repeated()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 0, Delta, "v"));
        var before = robot.KeyframeRequests;

        for (ushort i = 0; i < 30; i++)
        {
            _relay.Advance(TimeSpan.FromMilliseconds(100));
            _relay.Send(robot, robot.Rtp((ushort)(2 + i), i * 9_000u, Delta, "v"));
        }

        Assert.InRange(robot.KeyframeRequests - before, 2, 4);
    }

    [Fact]
    public void Keyframe_requests_of_all_subscribers_become_one_in_300_ms()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));
        _relay.Advance(TimeSpan.FromSeconds(1));
        var before = robot.KeyframeRequests;

        for (var i = 0; i < 10; i++) _relay.Send(pupil, PictureLossOf(pupil));
        Assert.Equal(1, robot.KeyframeRequests - before);
        _relay.Advance(TimeSpan.FromMilliseconds(280));
        Assert.Equal(1, robot.KeyframeRequests - before);
        _relay.Advance(TimeSpan.FromMilliseconds(40));

        Assert.Equal(2, robot.KeyframeRequests - before);
        Assert.Equal(9, _relay.Core.Counters.KeyframeRequestsMerged);
    }

    [Fact]
    public void A_robot_that_takes_its_own_place_goes_on_in_the_same_stream()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(40_000, 7, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(50, 7, Sound, "a"));

        var again = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Send(robot, robot.Rtp(40_001, 10, Delta, "v")); // the old one is not listened to any more
        _relay.Send(again, again.Rtp(3, 1_000_000, Keyframe, "v"));
        _relay.Send(again, again.Rtp(9_000, 99, Sound, "a"));

        var video = pupil.On("v").ToArray();
        Assert.Equal(2, video.Length);
        Assert.Equal(video[0].Header.SequenceNumber + 1, video[1].Header.SequenceNumber);
        Assert.Equal(video[0].Header.Ssrc, video[1].Header.Ssrc);
        var elapsed = (video[1].At - video[0].At).TotalSeconds * 90_000;
        Assert.Equal(elapsed, video[1].Header.Timestamp - video[0].Header.Timestamp, tolerance: 10);
        var audio = pupil.On("a").ToArray();
        Assert.Equal(audio[0].Header.SequenceNumber + 1, audio[1].Header.SequenceNumber);
        Assert.True(again.Joined.FencingNumber > robot.Joined.FencingNumber);
    }

    [Fact]
    public void A_codec_changed_by_the_robot_starts_with_a_keyframe_under_the_pupils_payload_type()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        byte[] vp8Key = [0x10, 0x00, 0, 0];
        byte[] vp8Delta = [0x10, 0x01, 0, 0];

        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(2, 3_000, vp8Delta, "v", payloadType: 122));
        _relay.Send(robot, robot.Rtp(3, 6_000, vp8Key, "v", payloadType: 122));

        var video = pupil.On("v").ToArray();
        Assert.Equal([102, 96], video.Select(packet => (int)packet.Header.PayloadType));
        Assert.Equal(video[0].Header.SequenceNumber + 1, video[1].Header.SequenceNumber);
        Assert.Equal(6_000u, video[1].Header.Timestamp - video[0].Header.Timestamp);
    }

    [Fact]
    public void A_sender_report_goes_on_at_once_with_the_same_wall_clock_and_the_subscribers_timestamp()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 100_000, Keyframe, "v"));
        var ntp = NtpTime.From(VirtualRelay.Start);

        _relay.Send(robot, robot.Rtcp(buffer => RtcpWriter.WriteSenderReport(buffer.Span, Offers.VideoSsrc, new SenderInfo(ntp, 109_000, 77, 7_777))));

        var packet = Assert.Single(pupil.On("v"));
        var (ssrc, sender) = Assert.Single(pupil.SenderReports);
        Assert.Equal(packet.Header.Ssrc, ssrc);
        Assert.Equal(ntp, sender.NtpTime);
        Assert.Equal(packet.Header.Timestamp + 9_000, sender.RtpTimestamp);
        Assert.Equal((1u, (uint)Keyframe.Length), (sender.PacketCount, sender.OctetCount));
    }

    [Fact]
    public void The_robot_hears_every_second_how_its_picture_arrives()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        ushort[] arriving = [1, 2, 4, 5]; // of five, one is lost
        foreach (var sequenceNumber in arriving) _relay.Send(robot, robot.Rtp(sequenceNumber, 0, Delta, "v"));

        _relay.Advance(TimeSpan.FromSeconds(1));

        var block = robot.ReportBlocks.Last(candidate => candidate.Ssrc == Offers.VideoSsrc);
        Assert.Equal(5u, block.ExtendedHighestSequence);
        Assert.Equal(1, block.CumulativeLost);
        Assert.Contains(2_500_000, robot.EstimatesBps);
    }

    [Fact]
    public void What_a_subscriber_lost_is_repeated_as_rtx_with_its_own_number_first()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1_000, 0, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(1_001, 3_000, Delta, "v"));
        var lost = pupil.On("v").Last().Header;

        _relay.Send(pupil, NackOf(pupil, lost.SequenceNumber));

        var repeated = pupil.Received[^1];
        Assert.NotEqual(lost.Ssrc, repeated.Header.Ssrc);
        Assert.Equal(lost.Timestamp, repeated.Header.Timestamp);
        Assert.Equal([(byte)(lost.SequenceNumber >> 8), (byte)lost.SequenceNumber, .. Delta], repeated.Payload);
        Assert.Equal(1, _relay.Core.Counters.NacksAnswered);
    }

    [Fact]
    public void Without_rtx_a_nack_is_counted_and_not_answered()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.PupilWithoutRtx());
        _relay.Send(robot, robot.Rtp(1_000, 0, Keyframe, "v"));
        var received = pupil.Received.Count;

        _relay.Send(pupil, NackOf(pupil, pupil.On("v").Last().Header.SequenceNumber));

        Assert.Equal(received, pupil.Received.Count);
        Assert.Equal(1, _relay.Core.Counters.NacksUnanswered);
    }

    [Fact]
    public void What_the_relay_lost_is_asked_for_and_takes_its_old_place()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));
        _relay.Send(robot, robot.Rtp(3, 6_000, Delta, "v"));
        _relay.Advance(TimeSpan.FromMilliseconds(40));

        Assert.Contains((ushort)2, robot.Nacked);
        byte[] repair = [0, 2, .. Delta];
        var rtx = robot.Media[0].RtxPayloadTypes[120];
        _relay.Send(robot, robot.Rtp(500, 3_000, repair, "v", Offers.VideoRtxSsrc, payloadType: rtx));

        var first = pupil.On("v").First().Header.SequenceNumber;
        Assert.Equal([0, 2, 1], pupil.On("v").Select(packet => packet.Header.SequenceNumber - first));
        Assert.Equal(Delta, pupil.On("v").Last().Payload);
    }

    [Fact]
    public void Packets_that_overtake_each_other_keep_their_places()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        ushort[] order = [1, 3, 2, 4];
        foreach (var sequenceNumber in order) _relay.Send(robot, robot.Rtp(sequenceNumber, sequenceNumber * 960u, Sound, "a"));

        var first = pupil.On("a").First().Header.SequenceNumber;
        Assert.Equal([0, 2, 1, 3], pupil.On("a").Select(packet => packet.Header.SequenceNumber - first));
    }

    private static byte[] PictureLossOf(VirtualPeer pupil)
        => pupil.Rtcp(buffer => RtcpWriter.WritePli(buffer.Span, 1, pupil.Media[0].RemoteSsrc!.Value)); // the answer announces it

    [Fact]
    public void Parameter_sets_lost_on_the_way_to_the_relay_are_asked_for_after_their_keyframe_has_come()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        _relay.Send(robot, robot.Rtp(1, 3_000, [0x41, 0x9A, 1], "v"));

        _relay.Send(robot, robot.Rtp(3, 6_000, [0x65, 0x88, 1], "v")); // 2 held SPS and PPS
        _relay.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Contains((ushort)2, robot.Nacked);
    }

    private static byte[] NackOf(VirtualPeer pupil, ushort lost)
        => pupil.Rtcp(buffer => RtcpWriter.WriteNack(buffer.Span, 1, pupil.Media[0].RemoteSsrc!.Value, [lost])); // the answer announces it
}

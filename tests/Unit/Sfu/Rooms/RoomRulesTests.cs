using System.Buffers.Binary;
using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Shards;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Rooms;

public sealed class RoomRulesTests : IDisposable
{
    private static readonly byte[] Keyframe = [0x65, 1, 2, 3];
    private static readonly byte[] Sound = [0xFC, 7, 8];

    private readonly VirtualRelay _relay = new(new SfuOptions { MaxObserversPerSession = 2 });
    private ushort _sequenceNumber;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void Another_robot_is_told_that_somebody_else_is_there_and_nothing_changes()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());

        var refused = Assert.IsType<JoinOutcome.Refused>(_relay.Join(PeerRole.Robot, robot.Offer, identity: "two"));

        Assert.Equal(JoinRefusal.SomebodyElseIsThere, refused.Reason);
        Assert.Equal(1, _relay.Core.PeerCount);
    }

    [Fact]
    public void A_bad_offer_of_the_same_robot_does_not_end_its_connection()
    {
        var (robot, pupil) = Both();

        Assert.IsType<JoinOutcome.Refused>(_relay.Join(PeerRole.Robot, "v=0\r\nnonsense"));
        SendPicture(robot);

        Assert.Single(pupil.On("v"));
    }

    [Fact]
    public void Whoever_said_goodbye_keeps_its_place_from_nobody()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        pupil.Close();
        _relay.Pump();
        Assert.False(_relay.Room.PupilPresent);

        Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, _relay.NewPeer(Offers.Pupil()).Offer, identity: "two"));
        Assert.Equal(1, _relay.Core.PeerCount);
    }

    [Fact]
    public void Each_observers_post_is_a_new_observer_up_to_the_limit()
    {
        for (var i = 0; i < 2; i++) Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Observer, _relay.NewPeer(Offers.Observer()).Offer));

        var refused = Assert.IsType<JoinOutcome.Refused>(_relay.Join(PeerRole.Observer, _relay.NewPeer(Offers.Observer()).Offer));

        Assert.Equal(JoinRefusal.TooMany, refused.Reason);
        Assert.Equal(1, _relay.Core.Counters.JoinsRefused);
    }

    [Fact]
    public void A_relay_takes_no_more_sessions_than_it_may()
    {
        using var relay = new VirtualRelay(quota: new SessionQuota(1, 0));
        relay.Connect(PeerRole.Robot, Offers.Robot(), session: "a");

        var refused = Assert.IsType<JoinOutcome.Refused>(relay.Join(PeerRole.Robot, relay.NewPeer(Offers.Robot()).Offer, session: "b"));
        relay.Core.CloseSession("a", relay.Now);

        Assert.Equal(JoinRefusal.TooMany, refused.Reason);
        Assert.IsType<JoinOutcome.Joined>(relay.Join(PeerRole.Robot, relay.NewPeer(Offers.Robot()).Offer, session: "b"));
    }

    [Fact]
    public void An_observer_receives_nothing_before_it_was_announced()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.AnnouncesAtOnce = false;
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer(), identity: "Ms Green");
        Assert.Equal(["Ms Green"], _relay.Room.Observers);

        SendPicture(robot);
        Assert.Empty(observer.Received);
        _relay.Announce();
        SendPicture(robot);

        Assert.Single(observer.On("v"));
        Assert.True(robot.KeyframeRequests > 0);
    }

    [Theory]
    [InlineData(MediaRights.All & ~MediaRights.VideoToPupil, 0, 1, 1)]
    [InlineData(MediaRights.All & ~MediaRights.AudioToPupil, 1, 0, 1)]
    [InlineData(MediaRights.All & ~MediaRights.AudioFromPupil, 1, 1, 0)]
    [InlineData(MediaRights.None, 0, 0, 0)]
    public void What_the_session_does_not_allow_stops_at_once(MediaRights rights, int video, int audio, int voice)
    {
        var (robot, pupil) = Both();

        _relay.Core.SetRights("a", rights);
        SendPicture(robot);
        SendSound(robot);
        SendSound(pupil);

        Assert.Equal((video, audio, voice), (pupil.On("v").Count(), pupil.On("a").Count(), robot.Received.Count));
    }

    [Fact]
    public void What_the_pupils_grant_lacks_does_not_cross_whatever_the_robots_says()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil(), rights: MediaRights.VideoToPupil);

        SendPicture(robot);
        SendSound(robot);
        SendSound(pupil);

        Assert.Single(pupil.Received);
        Assert.Empty(robot.Received);
        Assert.Equal(2, _relay.Core.Counters.DroppedByRights);
    }

    [Fact]
    public void Who_comes_in_finds_a_room_that_allows_what_the_session_does_from_the_first_packet()
    {
        var (robot, pupil) = Both(MediaRights.VideoToPupil);

        SendPicture(robot);
        SendSound(robot);

        Assert.Single(pupil.Received);
    }

    [Fact]
    public void One_who_is_sent_away_leaves_the_others_there()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot(), identity: "robot");
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil(), identity: "tablet-1");

        Assert.Equal(1, _relay.Core.CloseSession("a", _relay.Now, "tablet-1"));
        SendPicture(robot);

        Assert.Empty(pupil.Received);
        Assert.False(_relay.Room.PupilPresent);
        Assert.Equal(1, _relay.Core.RoomCount);
    }

    [Fact]
    public void A_right_that_comes_back_starts_the_picture_with_a_keyframe()
    {
        var (robot, pupil) = Both();
        SendPicture(robot);
        _relay.Core.SetRights("a", MediaRights.None);
        SendPicture(robot);
        _relay.Core.SetRights("a", MediaRights.All);

        _relay.Send(robot, robot.Rtp(++_sequenceNumber, 0, [0x41], "v"));
        SendPicture(robot);

        Assert.Equal([0, 1], pupil.On("v").Select(packet => packet.Header.SequenceNumber - pupil.Received[0].Header.SequenceNumber));
    }

    [Fact]
    public void Rooms_share_nothing()
    {
        var (robot, pupil) = Both();
        var other = _relay.Connect(PeerRole.Pupil, Offers.Pupil(), session: "b");

        SendPicture(robot);

        Assert.Single(pupil.Received);
        Assert.Empty(other.Received);
    }

    [Fact]
    public void A_silent_peer_keeps_its_place_for_90_seconds_and_no_longer()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        pupil.IsOnline = false;

        _relay.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(1, _relay.Core.PeerCount);
        _relay.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((0, 0), (_relay.Core.PeerCount, _relay.Core.RoomCount));
        Assert.True(_relay.Changes[^1].HasEnded);
    }

    [Fact]
    public void After_a_minute_without_network_everything_goes_on_by_an_ice_restart()
    {
        var (robot, pupil) = Both();
        SendPicture(robot);
        pupil.IsOnline = false;
        for (var i = 0; i < 60; i++)
        {
            _relay.Advance(TimeSpan.FromSeconds(1));
            SendPicture(robot);
        }

        Assert.False(_relay.Room.PupilPresent);
        pupil.IsOnline = true;
        var restarted = Assert.IsType<RestartOutcome.Restarted>(
            _relay.Core.Restart("a", pupil.Joined.ResourceId, null, "*", ParsedSdp.Fragment(pupil.RestartIce(_relay.Now))));
        pupil.ApplyRestart(restarted.SdpFragment, _relay.Now);
        _relay.Advance(TimeSpan.FromMilliseconds(500));
        SendPicture(robot);

        Assert.NotEqual(pupil.Joined.ETag, restarted.ETag);
        Assert.True(_relay.Room.PupilPresent);
        Assert.Equal(PeerState.Connected, pupil.State);
        Assert.Equal(_relay.Now, pupil.On("v").Last().At);
    }

    [Fact]
    public void A_stale_or_missing_entity_tag_restarts_nothing_and_candidates_alone_are_ignored()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var id = pupil.Joined.ResourceId;
        var fragment = pupil.RestartIce(_relay.Now);

        Assert.Equal(RestartRefusal.StaleETag, Assert.IsType<RestartOutcome.Refused>(_relay.Core.Restart("a", id, null, "\"old\"", ParsedSdp.Fragment(fragment))).Reason);
        Assert.Equal(RestartRefusal.ETagMissing, Assert.IsType<RestartOutcome.Refused>(_relay.Core.Restart("a", id, null, null, ParsedSdp.Fragment(fragment))).Reason);
        Assert.Equal(RestartRefusal.NotFound, Assert.IsType<RestartOutcome.Refused>(_relay.Core.Restart("b", id, null, "*", ParsedSdp.Fragment(fragment))).Reason);
        Assert.Equal(RestartRefusal.NotFound, Assert.IsType<RestartOutcome.Refused>(_relay.Core.Restart("a", id, "two", "*", ParsedSdp.Fragment(fragment))).Reason);
        Assert.Equal(RestartRefusal.Malformed, Assert.IsType<RestartOutcome.Refused>(_relay.Core.Restart("a", id, null, "*", ParsedSdp.Fragment("nonsense"))).Reason);
        Assert.IsType<RestartOutcome.CandidatesIgnored>(
            _relay.Core.Restart("a", id, null, pupil.Joined.ETag, ParsedSdp.Fragment("a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n")));
        Assert.IsType<RestartOutcome.Restarted>(_relay.Core.Restart("a", id, null, pupil.Joined.ETag, ParsedSdp.Fragment(fragment)));
    }

    [Fact]
    public void Media_follows_a_peer_to_its_new_address()
    {
        var (robot, pupil) = Both();
        SendPicture(robot);

        pupil.MoveBehind(TransportAddress.FromIPv4(0xC000_0263, 1_234));
        SendPicture(robot); // lost: nobody is at the old address
        _relay.Advance(TimeSpan.FromSeconds(6)); // consent checks come from the new one, without nominating again
        SendSound(pupil);
        var before = pupil.Received.Count;
        SendPicture(robot);

        Assert.Equal(before + 1, pupil.Received.Count);
    }

    [Fact]
    public void A_grant_ends_with_its_window()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot(), ttl: TimeSpan.FromSeconds(30));
        Assert.True(_relay.Core.PeerCount == 1);

        _relay.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(0, _relay.Core.PeerCount);
        Assert.Equal(
            JoinRefusal.WindowHasEnded,
            Assert.IsType<JoinOutcome.Refused>(_relay.Join(PeerRole.Robot, robot.Offer, ttl: TimeSpan.Zero)).Reason);
    }

    [Fact]
    public void A_closed_session_is_over_at_once_for_everybody()
    {
        var (robot, pupil) = Both();

        Assert.Equal(2, _relay.Core.CloseSession("a", _relay.Now));
        _relay.Send(robot, robot.Rtp(1, 0, Keyframe, "v"));

        Assert.Empty(pupil.Received);
        Assert.Equal(1, _relay.Core.Counters.UnknownSource);
        Assert.Equal((0, true), (_relay.Core.RoomCount, _relay.Changes[^1].HasEnded));
    }

    [Fact]
    public void Leaving_works_once_and_only_for_ones_own_connection()
    {
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        Assert.False(_relay.Core.Leave("b", pupil.Joined.ResourceId, null, _relay.Now));
        Assert.False(_relay.Core.Leave("a", pupil.Joined.ResourceId, "two", _relay.Now));
        Assert.True(_relay.Core.Leave("a", pupil.Joined.ResourceId, "one", _relay.Now));
        Assert.False(_relay.Core.Leave("a", pupil.Joined.ResourceId, "one", _relay.Now));
    }

    [Fact]
    public void The_room_tells_who_is_there_and_what_the_pupil_can_decode()
    {
        var (robot, pupil) = Both();
        Assert.Equal((false, true), (_relay.Room.RobotPublishing, _relay.Room.PupilPresent));
        Assert.Equal(["H264", "VP8"], _relay.Room.PupilVideoCodecs);

        SendSound(robot);
        _relay.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(_relay.Room.RobotPublishing);
        _relay.Advance(TimeSpan.FromSeconds(6)); // nothing comes any more

        Assert.False(_relay.Room.RobotPublishing);
        pupil.IsOnline = false;
        _relay.Advance(TimeSpan.FromSeconds(12));
        Assert.False(_relay.Room.PupilPresent);
    }

    [Fact]
    public void Unchanged_rooms_are_told_once()
    {
        Both();
        var before = _relay.Changes.Count;

        _relay.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(before, _relay.Changes.Count);
    }

    [Fact]
    public void Handshakes_beyond_the_limit_wait_for_their_turn()
    {
        using var relay = new VirtualRelay(new SfuOptions { MaxHandshakesPerShard = 1 });
        var first = relay.NewPeer(Offers.Robot());
        var second = relay.NewPeer(Offers.Pupil());
        first.Apply((JoinOutcome.Joined)relay.Join(PeerRole.Robot, first.Offer), relay.Now);
        second.Apply((JoinOutcome.Joined)relay.Join(PeerRole.Pupil, second.Offer), relay.Now);
        relay.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal((PeerState.Connected, PeerState.Connected), (first.State, second.State));
        Assert.Equal(2, relay.Core.Counters.HandshakesCompleted);
    }

    [Fact]
    public void A_certificate_that_the_offer_did_not_promise_gets_nothing()
    {
        var pupil = _relay.NewPeer(Offers.Pupil());
        var fingerprint = VirtualRelay.ClientDtls.Fingerprint.ToString();
        var other = VirtualRelay.ServerDtls.Fingerprint.ToString();
        var joined = (JoinOutcome.Joined)_relay.Join(PeerRole.Pupil, pupil.Offer.Replace(fingerprint, other, StringComparison.Ordinal));
        pupil.Apply(joined, _relay.Now);
        _relay.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, _relay.Core.Counters.HandshakesCompleted);
        Assert.True(_relay.Core.Counters.HandshakesFailed > 0);
        Assert.False(_relay.Room.PupilPresent);
    }

    [Fact]
    public void Strangers_get_silence_and_are_counted()
    {
        Both();
        var stranger = _relay.NewPeer(Offers.Pupil());
        var counters = _relay.Core.Counters;
        var (outBefore, random) = (counters.PacketsOut, new Random(7));

        for (var first = 0; first < 256; first++)
        {
            for (var length = 0; length < 64; length++)
            {
                var datagram = new byte[length];
                random.NextBytes(datagram);
                if (length > 0) datagram[0] = (byte)first;
                _relay.Core.OnDatagram(datagram, stranger.Address, _relay.Now);
            }
        }

        Assert.Equal(outBefore, counters.PacketsOut);
        Assert.True(counters.UnknownSource > 0 && counters.DtlsFromUnvalidated > 0 && counters.Malformed > 0);
    }

    [Fact]
    public void Nonsense_from_a_peers_own_address_ends_nothing()
    {
        var (robot, pupil) = Both();
        var random = new Random(8);
        for (var i = 0; i < 4_000; i++)
        {
            var datagram = new byte[random.Next(1, 200)];
            random.NextBytes(datagram);
            _relay.Core.OnDatagram(datagram, robot.Address, _relay.Now);
        }

        _relay.Pump();
        SendPicture(robot);

        Assert.Single(pupil.On("v"));
        Assert.True(_relay.Core.Counters.AuthenticationFailures > 0);
    }

    [Fact]
    public void Authentic_nonsense_from_a_peer_ends_nothing_either()
    {
        var (robot, pupil) = Both();
        SendPicture(robot);
        var random = new Random(9);
        for (var i = 0; i < 4_000; i++)
        {
            var peer = i % 2 == 0 ? robot : pupil;
            var packet = peer.Rtcp(buffer =>
            {
                var length = 8 + 4 * random.Next(0, 40);
                random.NextBytes(buffer.Span[..length]);
                buffer.Span[0] = (byte)(0x80 | random.Next(32));
                buffer.Span[1] = (byte)random.Next(200, 208);
                (buffer.Span[2], buffer.Span[3]) = (0, (byte)(random.Next(4) == 0 ? random.Next(64) : length / 4 - 1));
                if (i % 3 == 0) BinaryPrimitives.WriteUInt32BigEndian(buffer.Span[8..], pupil.Media[0].RemoteSsrc!.Value); // announced
                return length;
            });
            _relay.Core.OnDatagram(packet, peer.Address, _relay.Now);
        }

        _relay.Pump();
        var before = pupil.On("v").Count();
        SendPicture(robot);

        Assert.Equal(before + 1, pupil.On("v").Count());
    }

    [Fact]
    public void A_replayed_packet_is_dropped()
    {
        var (robot, pupil) = Both();
        var packet = robot.Rtp(1, 0, Keyframe, "v");

        _relay.Send(robot, [.. packet]);
        _relay.Send(robot, [.. packet]);

        Assert.Single(pupil.On("v"));
        Assert.Equal(1, _relay.Core.Counters.Replays);
    }

    [Fact]
    public void A_session_without_a_common_codec_is_refused_only_when_the_robot_is_there()
    {
        Assert.IsType<JoinOutcome.Joined>(_relay.Join(PeerRole.Pupil, _relay.NewPeer(Offers.Pupil(OfferedCodecs.Vp8())).Offer));
        _relay.Connect(PeerRole.Robot, Offers.Robot(OfferedCodecs.H264(120)));

        var refused = Assert.IsType<JoinOutcome.Refused>(_relay.Join(PeerRole.Pupil, _relay.NewPeer(Offers.Pupil(OfferedCodecs.Vp8())).Offer));

        Assert.Equal(JoinRefusal.NothingUsable, refused.Reason);
        Assert.Equal(2, _relay.Core.PeerCount);
    }

    [Fact]
    public void A_publisher_whose_offer_names_no_sources_is_found_by_its_packets()
    {
        var robot = _relay.NewPeer(Offers.Robot());
        var offer = string.Join("\r\n", robot.Offer.Split("\r\n").Where(line => !line.StartsWith("a=ssrc", StringComparison.Ordinal)));
        robot.Apply((JoinOutcome.Joined)_relay.Join(PeerRole.Robot, offer), _relay.Now);
        _relay.Advance(TimeSpan.FromMilliseconds(500));
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        SendPicture(robot);
        SendSound(robot);

        Assert.Equal((1, 1), (pupil.On("v").Count(), pupil.On("a").Count()));
        Assert.True(SessionDescription.TryParse(offer, out _, out _));
    }

    private (VirtualPeer Robot, VirtualPeer Pupil) Both(MediaRights? sessionRights = null)
        => (_relay.Connect(PeerRole.Robot, Offers.Robot(), sessionRights: sessionRights), _relay.Connect(PeerRole.Pupil, Offers.Pupil(), sessionRights: sessionRights));

    private void SendPicture(VirtualPeer robot) => _relay.Send(robot, robot.Rtp(++_sequenceNumber, _sequenceNumber * 3_000u, Keyframe, "v"));

    private void SendSound(VirtualPeer peer) => _relay.Send(peer, peer.Rtp(++_sequenceNumber, _sequenceNumber * 960u, Sound, "a"));
}

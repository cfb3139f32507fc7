using AV1Relay.Sfu;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Rooms;

/// <summary>The relay tells publishers when their packets came, and how much of a picture its subscribers' ways carry.</summary>
public sealed class CongestionTests : IDisposable
{
    private const int Most = 2_500_000;
    private static readonly byte[] Keyframe = [0x65, 1, 2, 3];
    private static readonly byte[] Slice = [0x41, .. new byte[1_000]];

    private readonly VirtualRelay _relay = new();
    private readonly Dictionary<VirtualPeer, TransportFeedbackBuilder> _reports = [];
    private readonly Dictionary<VirtualPeer, int> _seen = [];
    private ushort _sequence;

    public void Dispose() => _relay.Dispose();

    [Fact]
    public void A_robot_is_told_when_its_packets_came_ten_times_a_second()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        foreach (var number in new ushort[] { 65_534, 65_535, 1 })
        {
            _relay.Send(robot, robot.Rtp(_sequence++, 0, Keyframe, "v", transportNumber: number));
            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        _relay.Advance(TimeSpan.FromMilliseconds(120));

        var told = robot.Arrivals;
        Assert.Equal([65_534, 65_535, 1], told.Where(status => status.IsReceived).Select(status => (int)status.SequenceNumber).Distinct());
        var first = told.First(status => status.SequenceNumber == 65_534).Arrival;
        Assert.Equal(40, (told.Last(status => status.SequenceNumber == 1).Arrival - first).TotalMilliseconds, tolerance: 1);
        Assert.Contains(told, status => status is { SequenceNumber: 0, IsReceived: false });
    }

    [Fact]
    public void Packets_without_numbers_are_told_of_by_nothing()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        for (var i = 0; i < 50; i++)
        {
            _relay.Send(robot, robot.Rtp(_sequence++, 0, Keyframe, "v"));
            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        Assert.Empty(robot.Arrivals);
    }

    [Fact]
    public void As_long_as_no_subscriber_tells_anything_a_publisher_may_send_the_most()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Connect(PeerRole.Pupil, Offers.Pupil());

        Call(robot, seconds: 3);

        Assert.All(robot.EstimatesBps, told => Assert.Equal(Most, told));
        Assert.InRange(robot.EstimatesBps.Count, 3, 4); // repeated each second
    }

    [Fact]
    public void What_the_pupils_way_carries_bounds_the_robots_picture_soon()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        Call(robot, seconds: 2, Well(pupil));
        Assert.Equal(Most, robot.EstimatesBps[^1]);

        Call(robot, seconds: 3, Badly(pupil));

        Assert.InRange(robot.EstimatesBps[^1], 50_000, 700_000);
        Assert.True(robot.EstimatesBps.Count > 8, "Told once a second only.");
    }

    [Fact]
    public void An_observers_bad_way_takes_nothing_from_the_pupils_picture()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer());

        Call(robot, seconds: 5, Well(pupil), Badly(observer));

        Assert.All(robot.EstimatesBps, told => Assert.Equal(Most, told));
    }

    [Fact]
    public void A_pupil_who_tells_nothing_is_not_judged_by_an_observer()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer());

        Call(robot, seconds: 5, Badly(observer));

        Assert.All(robot.EstimatesBps, told => Assert.Equal(Most, told));
    }

    [Fact]
    public void Without_a_pupil_the_picture_fits_every_observer()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var good = _relay.Connect(PeerRole.Observer, Offers.Observer(), identity: "good");
        var bad = _relay.Connect(PeerRole.Observer, Offers.Observer(), identity: "bad");

        Call(robot, seconds: 5, Well(good), Badly(bad));

        Assert.InRange(robot.EstimatesBps[^1], 50_000, 700_000);
    }

    [Fact]
    public void A_pupil_who_has_gone_silent_no_longer_makes_the_observers_picture_small()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer());
        Call(robot, seconds: 2, Well(pupil), Well(observer));

        pupil.IsOnline = false;
        Call(robot, seconds: 8, Well(observer));
        var waitedFor = robot.EstimatesBps[^1];
        Call(robot, seconds: 4, Well(observer));

        Assert.InRange(waitedFor, 50_000, Most / 2);
        Assert.Equal(Most, robot.EstimatesBps[^1]);
    }

    /// <summary>A report of a few bytes about many packets costs more to read than to send.</summary>
    [Fact]
    public void Reports_that_come_too_often_are_not_read()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        Call(robot, seconds: 6);
        var packets = pupil.Received.Where(packet => packet.Extensions.ContainsKey(4)).ToList();

        foreach (var (n, packet) in packets.Index())
        {
            var late = TimeSpan.FromMilliseconds(20 * Math.Max(0, n - 50)); // after the first fifty a queue that grows and grows
            var report = new TransportFeedbackBuilder();
            report.OnPacket(NumberOf(packet), packet.At + late);
            _relay.Send(pupil, pupil.Rtcp(buffer => report.Write(buffer.Span[..1_200], 1, 2)));
        }

        Call(robot, seconds: 0.5);
        Assert.InRange(packets.Count, 290, 310);
        Assert.All(robot.EstimatesBps, told => Assert.Equal(Most, told));
    }

    [Fact]
    public void An_observers_request_that_had_to_wait_is_made_good_without_another()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer());
        Call(robot, seconds: 2);
        AskForKeyframe(observer);
        Call(robot, seconds: 0.4);
        var before = robot.KeyframeRequests;
        AskForKeyframe(observer);
        Assert.Equal(before, robot.KeyframeRequests);

        Call(robot, seconds: 1);

        Assert.Equal(before + 1, robot.KeyframeRequests);
    }

    /// <summary>All at once it would be a second of queue, with sound behind it.</summary>
    [Fact]
    public void Repeats_keep_to_what_the_way_carries_and_those_left_out_come_when_asked_for_again()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        Call(robot, seconds: 2, Well(pupil));
        Call(robot, seconds: 4, Badly(pupil));
        var lost = pupil.On("v").TakeLast(60).Select(packet => packet.Header.SequenceNumber).ToArray();

        var once = Ask();
        _relay.Advance(TimeSpan.FromMilliseconds(500));
        var again = Ask();

        Assert.InRange(once, 3, 20);
        Assert.InRange(again, 3, 20);

        int Ask()
        {
            var media = pupil.Media.First(candidate => candidate.Mid == "v");
            var before = Repeated();
            _relay.Send(pupil, pupil.Rtcp(buffer => RtcpWriter.WriteNack(buffer.Span, 1, media.RemoteSsrc!.Value, lost))); // announced in the answer
            return Repeated() - before;

            int Repeated() => pupil.Received.Count(packet => packet.Header.Ssrc == media.RemoteSsrcs[1].Ssrc);
        }
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 11)]
    public void Observers_together_get_a_keyframe_a_second_while_a_pupil_is_there(bool hasPupil, int most)
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        if (hasPupil) _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observers = new[] { _relay.Connect(PeerRole.Observer, Offers.Observer(), "one"), _relay.Connect(PeerRole.Observer, Offers.Observer(), "two") };
        Call(robot, seconds: 2);
        var before = robot.KeyframeRequests;

        for (var i = 0; i < 30; i++)
        {
            foreach (var observer in observers) AskForKeyframe(observer);
            Call(robot, seconds: 0.1);
        }

        Assert.InRange(robot.KeyframeRequests - before, most - 2, most);
    }

    [Fact]
    public void The_pupil_waits_for_no_observers_keyframe()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        var observer = _relay.Connect(PeerRole.Observer, Offers.Observer());
        Call(robot, seconds: 2);
        AskForKeyframe(observer);
        Call(robot, seconds: 0.4); // one that was sent merges what comes within 300 ms
        var before = robot.KeyframeRequests;

        AskForKeyframe(pupil);

        Assert.Equal(before + 1, robot.KeyframeRequests);
    }

    [Fact]
    public void Who_takes_no_numbers_gets_none()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var offer = Offers.Pupil();
        var pupil = _relay.Connect(PeerRole.Pupil, [offer[0] with { Extensions = [new(3, RtpExtensionUris.Mid)] }, offer[1]]);

        Call(robot, seconds: 1);

        Assert.NotEmpty(pupil.Received);
        Assert.All(pupil.Received, packet => Assert.DoesNotContain(4, packet.Extensions.Keys));
    }

    [Fact]
    public void Repeated_packets_have_numbers_of_their_own()
    {
        var robot = _relay.Connect(PeerRole.Robot, Offers.Robot());
        var pupil = _relay.Connect(PeerRole.Pupil, Offers.Pupil());
        Call(robot, seconds: 1);
        var media = pupil.Media.First(candidate => candidate.Mid == "v");
        var lost = pupil.On("v").Last().Header.SequenceNumber;

        _relay.Send(pupil, pupil.Rtcp(buffer => RtcpWriter.WriteNack(buffer.Span, 1, media.RemoteSsrc!.Value, [lost]))); // announced in the answer

        var numbers = pupil.Received.Where(packet => packet.Extensions.ContainsKey(4)).Select(NumberOf).ToList();
        Assert.Contains(pupil.Received, packet => packet.Header.Ssrc == media.RemoteSsrcs[1].Ssrc);
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers.Select(number => (int)number));
    }

    /// <summary>A picture of fifty packets a second, about 400 kbit/s; each listener reports ten times a second as it likes.</summary>
    private void Call(VirtualPeer robot, double seconds, params (VirtualPeer Who, Func<TimeSpan, TimeSpan> Arrives)[] listeners)
    {
        for (var i = 0; i < 50 * seconds; i++)
        {
            _relay.Send(robot, robot.Rtp(_sequence++, (uint)(_sequence * 1_800), _sequence == 1 ? Keyframe : Slice, "v"));
            foreach (var (who, arrives) in listeners)
            {
                var reports = _reports.TryGetValue(who, out var known) ? known : _reports[who] = new TransportFeedbackBuilder();
                foreach (var packet in who.Received.Skip(_seen.GetValueOrDefault(who)))
                {
                    if (packet.Extensions.ContainsKey(4)) reports.OnPacket(NumberOf(packet), arrives(packet.At));
                }

                _seen[who] = who.Received.Count;
                if (i % 5 == 4) _relay.Send(who, who.Rtcp(buffer => reports.Write(buffer.Span[..1_200], 1, 2)));
            }

            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    private void AskForKeyframe(VirtualPeer who)
    {
        var picture = who.Media.First(media => media.Mid == "v").RemoteSsrc!.Value; // announced in the answer
        _relay.Send(who, who.Rtcp(buffer => RtcpWriter.WritePli(buffer.Span, 1, picture)));
    }

    private static ushort NumberOf(ReceivedPacket packet)
        => RtpExtensions.TryReadTransportSequenceNumber(packet.Extensions[4], out var number) ? number : throw new InvalidOperationException("No number.");

    private static (VirtualPeer Who, Func<TimeSpan, TimeSpan> Arrives) Well(VirtualPeer who) => (who, sent => sent + TimeSpan.FromMilliseconds(20));

    /// <summary>Every packet waits longer than the one before: what comes is half of what is sent.</summary>
    private (VirtualPeer Who, Func<TimeSpan, TimeSpan> Arrives) Badly(VirtualPeer who)
    {
        var since = _relay.Now;
        return (who, sent => sent + TimeSpan.FromMilliseconds(20) + (sent > since ? sent - since : TimeSpan.Zero));
    }
}

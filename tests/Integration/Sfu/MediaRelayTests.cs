using System.Collections.Concurrent;
using AV1Relay.Sfu;
using AV1Relay.WebRtc.Peer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Integration.Sfu;

/// <summary>The relay's threads and sockets on loopback; time is real, except where a test says otherwise.</summary>
public sealed class MediaRelayTests
{
    private static readonly SfuOptions Options = new() { MediaPort = 0, MediaBind = "127.0.0.1:0", Shards = 2 };
    private static readonly byte[] Keyframe = [0x65, 1, 2, 3];
    private static readonly byte[] Sound = [0xFC, 7, 8];

    private readonly CancellationToken _cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_and_sound_cross_the_relay_both_ways_and_their_latency_is_measured()
    {
        await using var relay = StartRelay();
        var snapshots = new ConcurrentQueue<RoomSnapshot>();
        relay.RoomChanged += snapshots.Enqueue;
        using var robot = new SocketPeer(SocketPeer.Robot());
        using var pupil = new SocketPeer(SocketPeer.Pupil(), isPortable: true);
        robot.Apply(await relay.JoinAsync(Request(PeerRole.Robot, robot.Offer), _cancellationToken));
        pupil.Apply(await relay.JoinAsync(Request(PeerRole.Pupil, pupil.Offer), _cancellationToken));
        Until(() => robot.State == PeerState.Connected && pupil.State == PeerState.Connected, robot, pupil);

        for (ushort i = 1; i <= 200; i++)
        {
            robot.Send("v", 11, i, Keyframe);
            robot.Send("a", 13, i, Sound);
            pupil.Send("a", 23, i, Sound);
            robot.Turn();
            pupil.Turn();
        }

        Until(() => pupil.On("v").Count() == 200 && pupil.On("a").Count() == 200 && robot.On("a").Count() == 200, robot, pupil);
        Until(() => relay.ForwardingLatency.Count == 600, robot, pupil); // a packet arrives before its sending has returned
        var latency = relay.ForwardingLatency;
        Assert.InRange(latency.P50, TimeSpan.FromMicroseconds(1), TimeSpan.FromSeconds(1));
        Assert.True(latency.P50 <= latency.P95 && latency.P95 <= latency.P99 && latency.P99 <= latency.P999);
        Until(() => snapshots.LastOrDefault() is { RobotPublishing: true, PupilPresent: true }, robot, pupil);
        Assert.Equal(snapshots.Last(), relay.Find("a"));
        Assert.Equal(600, relay.GetStatistics().Counters["rtp.forwarded"]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{latency}");
    }

    [Fact]
    public async Task Many_sessions_live_on_all_shards_at_once()
    {
        await using var relay = StartRelay();
        var robots = new List<SocketPeer>();
        var pupils = new List<SocketPeer>();
        try
        {
            for (var i = 0; i < 6; i++)
            {
                robots.Add(new SocketPeer(SocketPeer.Robot()));
                pupils.Add(new SocketPeer(SocketPeer.Pupil()));
                robots[i].Apply(await relay.JoinAsync(Request(PeerRole.Robot, robots[i].Offer, $"s-{i}"), _cancellationToken));
                pupils[i].Apply(await relay.JoinAsync(Request(PeerRole.Pupil, pupils[i].Offer, $"s-{i}"), _cancellationToken));
            }

            SocketPeer[] all = [.. robots, .. pupils];
            Until(() => all.All(peer => peer.State == PeerState.Connected), all);
            for (var i = 0; i < robots.Count; i++) robots[i].Send("v", 11, 1, [0x65, (byte)i]);

            Until(() => pupils.All(pupil => pupil.On("v").Any()), all);
            Assert.All(pupils.Index(), entry => Assert.Equal([0x65, (byte)entry.Index], Assert.Single(entry.Item.On("v"))));
            Assert.Equal((6, 12), (relay.GetStatistics().Sessions, relay.GetStatistics().Peers));
            Assert.Equal(2, relay.Advertised.Count);
        }
        finally
        {
            foreach (var peer in robots.Concat(pupils)) peer.Dispose();
        }
    }

    [Fact]
    public async Task The_same_robot_replaces_itself_and_the_pupil_sees_on()
    {
        await using var relay = StartRelay();
        using var robot = new SocketPeer(SocketPeer.Robot());
        using var again = new SocketPeer(SocketPeer.Robot());
        using var pupil = new SocketPeer(SocketPeer.Pupil());
        var first = await relay.JoinAsync(Request(PeerRole.Robot, robot.Offer), _cancellationToken);
        robot.Apply(first);
        pupil.Apply(await relay.JoinAsync(Request(PeerRole.Pupil, pupil.Offer), _cancellationToken));
        Until(() => robot.State == PeerState.Connected && pupil.State == PeerState.Connected, robot, pupil);
        robot.Send("v", 11, 1, Keyframe);
        Until(() => pupil.On("v").Any(), robot, pupil);

        var second = await relay.JoinAsync(Request(PeerRole.Robot, again.Offer), _cancellationToken);
        again.Apply(second);
        Until(() => again.State == PeerState.Connected, again, pupil);
        robot.Send("v", 11, 2, Keyframe);
        again.Send("v", 11, 900, Keyframe);
        Until(() => pupil.On("v").Count() == 2, again, pupil);

        Assert.True(((JoinOutcome.Joined)second).FencingNumber > ((JoinOutcome.Joined)first).FencingNumber);
        var numbers = pupil.Received.Select(packet => packet.Header.SequenceNumber).ToArray();
        Assert.Equal(numbers[0] + 1, numbers[1]);
        Assert.False(await relay.LeaveAsync("a", ((JoinOutcome.Joined)first).ResourceId, _cancellationToken));
        Assert.True(await relay.LeaveAsync("a", ((JoinOutcome.Joined)second).ResourceId, _cancellationToken));
    }

    [Fact]
    public async Task An_observer_is_listed_before_its_first_packet()
    {
        await using var relay = StartRelay();
        using var mayReturn = new ManualResetEventSlim();
        var isListed = false;
        relay.RoomChanged += snapshot =>
        {
            if (snapshot.Observers.Count == 0) return;
            Volatile.Write(ref isListed, true);
            mayReturn.Wait(TimeSpan.FromSeconds(20), _cancellationToken);
        };
        using var robot = new SocketPeer(SocketPeer.Robot());
        using var observer = new SocketPeer([SocketPeer.Pupil()[0]]);
        robot.Apply(await relay.JoinAsync(Request(PeerRole.Robot, robot.Offer), _cancellationToken));
        observer.Apply(await relay.JoinAsync(Request(PeerRole.Observer, observer.Offer), _cancellationToken));
        Until(() => robot.State == PeerState.Connected && observer.State == PeerState.Connected && Volatile.Read(ref isListed), robot, observer);

        ushort sequenceNumber = 0;
        for (var i = 0; i < 50; i++) SendOne();
        Assert.Empty(observer.Received);
        mayReturn.Set();

        Until(
            () =>
            {
                SendOne();
                return observer.Received.Count > 0;
            },
            robot, observer);

        void SendOne()
        {
            robot.Send("v", 11, ++sequenceNumber, Keyframe);
            robot.Turn();
            observer.Turn();
        }
    }

    [Fact]
    public async Task A_resource_lives_90_seconds_without_packets()
    {
        var time = new FakeTimeProvider();
        await using var relay = StartRelay(time);
        using var robot = new SocketPeer(SocketPeer.Robot(), time);
        var request = Request(PeerRole.Robot, robot.Offer) with { NotAfter = time.GetUtcNow().AddHours(1) };
        var joined = Assert.IsType<JoinOutcome.Joined>(await relay.JoinAsync(request, _cancellationToken));

        time.Advance(TimeSpan.FromSeconds(89));
        Assert.IsType<RestartOutcome.CandidatesIgnored>(
            await relay.RestartIceAsync("a", joined.ResourceId, joined.ETag, "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", _cancellationToken));
        time.Advance(TimeSpan.FromSeconds(2));

        Until(() => relay.Find("a") is null, robot);
        Assert.False(await relay.LeaveAsync("a", joined.ResourceId, _cancellationToken));
        Assert.Equal(1, relay.GetStatistics().Counters["peers_expired"]);
    }

    [Fact]
    public async Task A_draining_relay_takes_nobody_new()
    {
        await using var relay = StartRelay();
        relay.Drain();
        using var robot = new SocketPeer(SocketPeer.Robot());

        var refused = Assert.IsType<JoinOutcome.Refused>(await relay.JoinAsync(Request(PeerRole.Robot, robot.Offer), _cancellationToken));

        Assert.Equal(JoinRefusal.Draining, refused.Reason);
    }

    [Fact]
    public async Task Closing_a_session_and_changing_rights_work_from_any_thread()
    {
        await using var relay = StartRelay();
        using var robot = new SocketPeer(SocketPeer.Robot());
        Assert.IsType<JoinOutcome.Joined>(await relay.JoinAsync(Request(PeerRole.Robot, robot.Offer), _cancellationToken));

        await relay.SetRightsAsync("a", MediaRights.None, _cancellationToken);
        Assert.NotNull(relay.Find("a"));
        await relay.CloseSessionAsync("a", "test", _cancellationToken);

        Assert.Null(relay.Find("a"));
        await relay.CloseSessionAsync("never-was", "test", _cancellationToken);
    }

    [Fact]
    public async Task A_stopped_relay_leaves_nobody_waiting()
    {
        var relay = StartRelay();
        await relay.DisposeAsync();
        await relay.DisposeAsync();
        using var robot = new SocketPeer(SocketPeer.Robot());

        var refused = Assert.IsType<JoinOutcome.Refused>(await relay.JoinAsync(Request(PeerRole.Robot, robot.Offer), _cancellationToken));

        Assert.Equal(JoinRefusal.Draining, refused.Reason);
        Assert.False(await relay.LeaveAsync("a", "b", _cancellationToken));
    }

    private static MediaRelay StartRelay(TimeProvider? time = null)
    {
        var relay = new MediaRelay(Options, time ?? TimeProvider.System, meters: null, NullLoggerFactory.Instance);
        relay.Start();
        return relay;
    }

    private static JoinRequest Request(PeerRole role, string offer, string session = "a")
        => new(session, role, "one", MediaRights.All, offer, role == PeerRole.Observer ? "Ms Green" : null, TimeProvider.System.GetUtcNow().AddHours(1));

    /// <summary>Moves the peers until something is so; they wait a few milliseconds for packets each time.</summary>
    private static void Until(Func<bool> isDone, params SocketPeer[] peers)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!isDone())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(20), "It did not happen within 20 seconds.");
            foreach (var peer in peers) peer.Turn();
        }
    }
}

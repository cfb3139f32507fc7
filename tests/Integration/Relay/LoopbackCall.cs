using AV1Relay.Sfu;
using AV1Relay.Tests.Integration.Sfu;
using AV1Relay.WebRtc.Peer;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>A robot and a pupil, connected through a running relay.</summary>
internal sealed class LoopbackCall : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Keyframe = [0x65, 1, 2, 3];
    private static readonly byte[] Sound = [0xFC, 7, 8];
    private readonly SocketPeer _robot = new(SocketPeer.Robot());
    private readonly SocketPeer _pupil = new(SocketPeer.Pupil());

    private LoopbackCall()
    {
    }

    public static async Task<LoopbackCall> StartAsync(RunningRelay relay, string session, string identity = "one")
    {
        var call = new LoopbackCall();
        var media = relay.Services.GetRequiredService<MediaRelay>();
        var until = relay.Time.GetUtcNow().AddHours(1);
        foreach (var (role, peer) in new[] { (PeerRole.Robot, call._robot), (PeerRole.Pupil, call._pupil) })
        {
            peer.Apply(await media.JoinAsync(
                new JoinRequest(session, role, identity, MediaRights.All, peer.Offer, null, until), TestContext.Current.CancellationToken));
        }

        call.Until(() => call._robot.State == PeerState.Connected && call._pupil.State == PeerState.Connected);
        return call;
    }

    /// <summary>Picture and sound to the pupil, sound to the robot; returns when all of it is there.</summary>
    public void Exchange(ushort packets)
    {
        for (ushort i = 1; i <= packets; i++)
        {
            _robot.Send("v", 11, i, Keyframe);
            _robot.Send("a", 13, i, Sound);
            _pupil.Send("a", 23, i, Sound);
            _robot.Turn();
            _pupil.Turn();
        }

        Until(() => _pupil.On("v").Count() == packets && _pupil.On("a").Count() == packets && _robot.On("a").Count() == packets);
    }

    public void Dispose()
    {
        _robot.Dispose();
        _pupil.Dispose();
    }

    private void Until(Func<bool> isSo)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "It did not come about in time.");
            _robot.Turn();
            _pupil.Turn();
        }
    }
}

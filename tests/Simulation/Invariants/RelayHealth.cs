using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Tests.Simulation.Runs;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Looks into the shard: what it asks for and waits for must come to an end.</summary>
internal sealed class RelayHealth(World world)
{
    private Watch[] _nacks = [];
    private Watch[] _keyframes = [];

    public void Check(TimeSpan now)
    {
        var calm = world.DisturbedUntil(now);
        var participants = world.Participants;
        if (_nacks.Length < participants.Count) Grow(participants.Count);
        for (var i = 0; i < participants.Count; i++)
        {
            var who = participants[i];
            if (who.Current?.Joined is not { } joined || world.Relay.Core.FindRoom(who.Session) is not { } room) continue;
            if (Find(room, joined.ResourceId) is not { } peer) continue;
            var missing = 0;
            foreach (var uplink in peer.Uplinks) missing += uplink.Nacks?.MissingCount ?? 0;
            _nacks[i].Check($"relay for {who.Name}", missing == 0, now, calm, world.Violations);
            var awaits = false;
            foreach (var downlink in peer.Downlinks) awaits |= downlink.AwaitsKeyframe;
            _keyframes[i].Check($"relay for {who.Name}", !awaits || room.Published(MediaSource.RobotVideo) is null, now, calm, world.Violations);
        }
    }

    private static Peer? Find(Room room, string resourceId)
    {
        if (room.Robot?.ResourceId == resourceId) return room.Robot;
        return room.Pupil?.ResourceId == resourceId ? room.Pupil : room.Observers.FirstOrDefault(observer => observer.ResourceId == resourceId);
    }

    private void Grow(int count)
    {
        _nacks = new Watch[count];
        _keyframes = new Watch[count];
        for (var i = 0; i < count; i++)
        {
            _nacks[i] = new Watch("packets missing and asked for", world.RepairPatience);
            _keyframes[i] = new Watch("a subscriber waits for a keyframe", TimeSpan.FromSeconds(2));
        }
    }
}

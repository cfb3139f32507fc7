using AV1Relay.Sfu;
using AV1Relay.Tests.Simulation.Ends;
using AV1Relay.WebRtc.Peer;

namespace AV1Relay.Tests.Simulation.Invariants;

/// <summary>Looks ten times a second whether somebody is being served, and whether what was measured in bad times is forgotten after them.</summary>
internal sealed class Health(Participant who)
{
    private static readonly TimeSpan MostHeldSound = TimeSpan.FromSeconds(1.5);

    private Watch _connected = new("not connected", TimeSpan.FromSeconds(3));
    private Watch _pictureFlows = new("no picture", TimeSpan.FromSeconds(3));
    private Watch _decodes = new("waiting for a keyframe", TimeSpan.FromSeconds(2));
    private Watch _nacks = new("packets missing and asked for", who.World.RepairPatience);
    private Watch _held = new("packets held back", who.World.RepairPatience);
    private readonly Watch[] _soundFlows = TwoOf(new Watch("no sound", TimeSpan.FromSeconds(3)));
    private readonly Watch[] _soundDelay = TwoOf(new Watch("sound late", TimeSpan.FromSeconds(14)));
    private readonly Watch[] _jitter = TwoOf(new Watch("jitter reported that isn't there any more", TimeSpan.FromSeconds(8)));
    private readonly Watch[] _soundHeld = TwoOf(new Watch("more sound held than is ever played", TimeSpan.FromSeconds(0.3)));
    private Watch _roundTrip = new("a round trip measured that isn't so any more", TimeSpan.FromSeconds(14));
    private Watch _reportedRoundTrip = new("a round trip reported that isn't so any more", TimeSpan.FromSeconds(8));

    public void Check(TimeSpan now)
    {
        if (who.Current is not { } end) return;
        var world = who.World;
        var calm = world.DisturbedUntil(now);
        var violations = world.Violations;
        var local = end.Now;
        _connected.Check(who.Name, end.State == PeerState.Connected, now, calm, violations);

        var hasRobot = IsThere(PeerRole.Robot);
        var hasPupil = IsThere(PeerRole.Pupil);
        if (end.Picture is { } picture)
        {
            _pictureFlows.Check(who.Name, !hasRobot || (picture.ShownAt is { } shown && local - shown < TimeSpan.FromSeconds(0.5)), now, calm, violations);
            _decodes.Check(who.Name, !hasRobot || !picture.IsWaitingForKeyframe, now, calm, violations);
            _nacks.Check(who.Name, !hasRobot || picture.Nacks.MissingCount == 0, now, calm, violations);
            _held.Check(who.Name, !hasRobot || picture.Held == 0, now, calm, violations);
        }

        for (var i = 0; i < end.Sounds.Count; i++)
        {
            var sound = end.Sounds[i];
            var isExpected = sound.Stream.Source == Sfu.Negotiation.MediaSource.PupilAudio ? hasPupil : hasRobot;
            _soundFlows[i].Check(who.Name, !isExpected || (sound.PlayedAt is { } played && local - played < TimeSpan.FromSeconds(0.5)), now, calm, violations);
            _soundDelay[i].Check(who.Name, !isExpected || sound.Buffer.CurrentDelay < world.SoundDelayAtRest, now, calm, violations);
            _jitter[i].Check(who.Name, !isExpected || sound.Statistics.JitterTime < JitterAtRest, now, calm, violations);
            _soundHeld[i].Check(who.Name, sound.Buffer.Buffered < MostHeldSound, now, TimeSpan.Zero, violations);
        }

        var roundTrip = who.Up.Model.Delay + who.Down.Model.Delay;
        _roundTrip.Check(who.Name, IsNear(end.RoundTrip, roundTrip), now, calm, violations);
        if (end.ReportedRoundTrip is { } reported) _reportedRoundTrip.Check(who.Name, IsNear(reported, roundTrip), now, calm, violations);
    }

    private static Watch[] TwoOf(Watch watch) => [watch, watch];

    private TimeSpan JitterAtRest => TimeSpan.FromMilliseconds(10) + who.World.QueueAtRest + 2 * (who.Up.Model.Jitter + who.Down.Model.Jitter + who.Up.Model.ReorderedBy * who.Up.Model.Reordering);

    private bool IsNear(TimeSpan? measured, TimeSpan expected)
        => measured is { } time && time > expected - TimeSpan.FromMilliseconds(20)
            && time < expected + TimeSpan.FromMilliseconds(100) + 8 * (who.Up.Model.Jitter + who.Down.Model.Jitter)
            + (who.Up.Model.Reordering > 0 ? who.Up.Model.ReorderedBy + who.Down.Model.ReorderedBy : TimeSpan.Zero);

    private bool IsThere(PeerRole role)
    {
        foreach (var other in who.World.Participants)
        {
            if (other.Room == who.Room && other.Role == role && other.Current is { State: PeerState.Connected }) return true;
        }

        return false;
    }
}

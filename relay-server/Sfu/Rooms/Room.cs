using System.Diagnostics.CodeAnalysis;
using AV1Relay.Sfu.Forwarding;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Shards;
using AV1Relay.WebRtc.Rtcp;

namespace AV1Relay.Sfu.Rooms;

/// <summary>One session's meeting place: one robot, one pupil, announced observers, and what goes from whom to whom.</summary>
/// <remarks>
/// Always true: at most one robot and one pupil; nothing crosses without the right for it; an observer receives nothing before it was announced.
/// Owned by its shard's thread.
/// </remarks>
internal sealed class Room(string session, ShardCounters counters)
{
    private static readonly TimeSpan PublishingTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PresenceTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeyframeRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ObserversKeyframes = TimeSpan.FromSeconds(1);

    private readonly UplinkStream?[] _published = new UplinkStream?[MediaSources.Count];
    private readonly List<DownlinkStream>[] _subscribers = [[], [], []];
    private readonly List<Peer> _observers = [];
    private TimeSpan? _observersKeyframeAt;
    private bool _doObserversWait;
    private RoomSnapshot? _lastSnapshot; // null before the first was told

    public string Session { get; } = session;

    public Peer? Robot { get; private set; }

    public Peer? Pupil { get; private set; }

    public IReadOnlyList<Peer> Observers => _observers;

    public bool IsEmpty => Robot is null && Pupil is null && _observers.Count == 0;

    /// <summary>What the session allows at this moment; each grant may allow less.</summary>
    public MediaRights SessionRights { get; set; } = MediaRights.All;

    public MediaRights EffectiveRights => SessionRights & (Robot?.Rights ?? MediaRights.All) & (Pupil?.Rights ?? MediaRights.All);

    /// <summary>What a newcomer's offer has to fit to.</summary>
    public RoomCodecs Codecs => new(Robot?.Offer.VideoSent, Pupil?.Offer.VideoReceived ?? []);

    /// <summary>Who has the place that a peer of this role would take; null when it is free, and always for observers.</summary>
    public Peer? Holder(PeerRole role) => role switch
    {
        PeerRole.Robot => Robot,
        PeerRole.Pupil => Pupil,
        _ => null,
    };

    public void Add(Peer peer)
    {
        if (peer.Role == PeerRole.Robot) Robot = peer;
        else if (peer.Role == PeerRole.Pupil) Pupil = peer;
        else _observers.Add(peer);
        foreach (var uplink in peer.Uplinks) _published[(int)uplink.Source] = uplink;
        foreach (var downlink in peer.Downlinks) _subscribers[(int)downlink.Source].Add(downlink);
    }

    public void Remove(Peer peer)
    {
        if (Robot == peer) Robot = null;
        if (Pupil == peer) Pupil = null;
        _observers.Remove(peer);
        foreach (var uplink in peer.Uplinks)
        {
            if (_published[(int)uplink.Source] == uplink) _published[(int)uplink.Source] = null;
        }

        foreach (var downlink in peer.Downlinks) _subscribers[(int)downlink.Source].Remove(downlink);
    }

    public UplinkStream? Published(MediaSource source) => _published[(int)source];

    /// <summary>Sends one packet to everybody who may have it.</summary>
    public void Forward(UplinkStream uplink, in MediaPacket packet, IDatagramOutput output, TimeSpan now)
    {
        var isAllowed = (EffectiveRights & uplink.Source.Right()) != 0;
        if (!isAllowed) counters.DroppedByRights++;
        var needsKeyframe = false;
        foreach (var downlink in _subscribers[(int)uplink.Source])
        {
            if (!isAllowed || !MayReceive(downlink, now))
            {
                downlink.Interrupt();
                continue;
            }

            var wasAwaiting = downlink.AwaitsKeyframe;
            downlink.Forward(packet, output, now);
            needsKeyframe |= downlink.AwaitsKeyframe && !wasAwaiting;
        }

        if (needsKeyframe) RequestKeyframe(uplink, output, now);
    }

    /// <summary>Maps and sends a publisher's report on, at once.</summary>
    public void ForwardReport(UplinkStream uplink, in SenderInfo sender, IDatagramOutput output, TimeSpan now)
    {
        if ((EffectiveRights & uplink.Source.Right()) == 0) return;
        foreach (var downlink in _subscribers[(int)uplink.Source])
        {
            if (MayReceive(downlink, now)) downlink.ForwardReport(uplink.Timeline, sender, output, now);
        }
    }

    /// <summary>What the robot's picture may take so that it fits the way of whoever it is for, bits a second; null where nobody tells.</summary>
    /// <remarks>
    /// It is the pupil's picture: while a pupil is there, an observer's bad way is the observer's own trouble. Without a pupil it is for the observers, and has
    /// to fit them all.
    /// </remarks>
    public int? PictureBoundBps(TimeSpan now)
    {
        int? least = null;
        foreach (var downlink in _subscribers[(int)MediaSource.RobotVideo])
        {
            if (!MayReceive(downlink, now) || (downlink.Owner == Pupil && !IsPresent(Pupil, now))) continue; // a pupil who has gone looks like a way that carries nothing
            var bound = downlink.Owner.Downlink?.TargetBps; // the most, until it has told anything
            if (downlink.Owner == Pupil) return bound;
            if (least is null || bound < least) least = bound;
        }

        return least;
    }

    /// <summary>A subscriber has become able to receive: its picture starts with the next keyframe, which is asked for now.</summary>
    public void OnReady(Peer peer, IDatagramOutput output, TimeSpan now)
    {
        foreach (var downlink in peer.Downlinks)
        {
            if (downlink.Source.IsVideo() && Published(downlink.Source) is { } uplink && MayReceive(downlink, now))
                RequestKeyframe(uplink, output, now);
        }
    }

    /// <summary>A subscriber asks for a keyframe.</summary>
    /// <remarks>
    /// Each one makes the pictures after it worse, for everybody. While a pupil is there, all observers together get one a second: one whose way loses much asks
    /// without end.
    /// </remarks>
    public void OnKeyframeRequest(DownlinkStream downlink, UplinkStream uplink, IDatagramOutput output, TimeSpan now)
    {
        if (downlink.Owner.Role == PeerRole.Observer && IsPresent(Pupil, now))
        {
            if (now - _observersKeyframeAt < ObserversKeyframes)
            {
                counters.KeyframesRequested++;
                counters.KeyframeRequestsMerged++;
                _doObserversWait = true;
                return;
            }

            (_observersKeyframeAt, _doObserversWait) = (now, false);
        }

        RequestKeyframe(uplink, output, now);
    }

    public void RequestKeyframe(UplinkStream uplink, IDatagramOutput output, TimeSpan now)
    {
        counters.KeyframesRequested++;
        if (!uplink.Owner.IsConnected || uplink.LastPacketAt is null) return; // what has not started begins with a keyframe anyway
        if (!uplink.Keyframes.Request(now)) counters.KeyframeRequestsMerged++;
        else uplink.Owner.SendPictureLoss(uplink, output);
    }

    /// <summary>Merged requests that are due, and requests that seem to have been lost.</summary>
    public void OnTimeout(IDatagramOutput output, TimeSpan now)
    {
        if (Published(MediaSource.RobotVideo) is not { } uplink || !uplink.Owner.IsConnected) return;
        if (uplink.Keyframes.TryTakeDue(now))
        {
            uplink.Owner.SendPictureLoss(uplink, output);
            return;
        }

        if (_doObserversWait && now - _observersKeyframeAt >= ObserversKeyframes)
        {
            (_observersKeyframeAt, _doObserversWait) = (now, false);
            RequestKeyframe(uplink, output, now);
        }

        if ((EffectiveRights & MediaRights.VideoToPupil) == 0) return;
        if (uplink.LastPacketAt is not { } last || now - last > KeyframeRetry) return;
        if (uplink.Keyframes.SentAt is { } sentAt && now - sentAt < KeyframeRetry) return;
        foreach (var downlink in _subscribers[(int)MediaSource.RobotVideo])
        {
            if (!downlink.AwaitsKeyframe || !MayReceive(downlink, now)) continue;
            RequestKeyframe(uplink, output, now);
            return;
        }
    }

    /// <summary>The room's state, when it is not what was last told.</summary>
    public bool TryTakeChange(TimeSpan now, [NotNullWhen(true)] out RoomChange? change)
    {
        change = null;
        var isPublishing = IsPublishing(now);
        var isPupilPresent = IsPupilPresent(now);
        if (!IsEmpty && !HasMembershipChanged && _lastSnapshot is not null
            && isPublishing == _lastSnapshot.RobotPublishing && isPupilPresent == _lastSnapshot.PupilPresent)
            return false;

        HasMembershipChanged = false;
        var listed = _observers.Where(observer => observer.IsConnected).ToArray();
        var snapshot = new RoomSnapshot(
            Session,
            isPublishing,
            isPupilPresent,
            [.. listed.Select(observer => observer.DisplayName ?? "Observer")],
            PupilVideoCodecs);
        if (!IsEmpty && _lastSnapshot is not null && snapshot.IsSameAs(_lastSnapshot) && listed.All(observer => observer.IsAnnounced)) return false;
        _lastSnapshot = snapshot;
        change = new RoomChange(snapshot, [.. listed.Select(observer => observer.ResourceId)], IsEmpty);
        return true;
    }

    /// <summary>Somebody came, connected or left since the last <see cref="TryTakeChange"/>.</summary>
    public bool HasMembershipChanged { get; set; }

    public IReadOnlyList<string> PupilVideoCodecs => [.. Pupil?.Offer.VideoReceived.Select(NameOf) ?? []];

    public bool IsPupilPresent(TimeSpan now) => IsPresent(Pupil, now);

    private static string NameOf(MediaCodec codec) => codec == MediaCodec.H264 ? "H264" : "VP8";

    private static bool IsPresent(Peer? peer, TimeSpan now) => peer is { IsConnected: true } && now - peer.LastHeardAt < PresenceTimeout;

    public bool IsPublishing(TimeSpan now)
    {
        if (!IsPresent(Robot, now)) return false;
        foreach (var uplink in Robot!.Uplinks) // not null: IsPresent
        {
            if (uplink.LastPacketAt is { } last && now - last < PublishingTimeout) return true;
        }

        return false;
    }

    private static bool MayReceive(DownlinkStream downlink, TimeSpan now)
        => (downlink.Owner.Rights & downlink.Source.Right()) != 0 && downlink.Owner.MayReceive(now);
}

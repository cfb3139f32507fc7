namespace AV1Relay.Sfu.Statistics;

/// <summary>One session's media at one moment, for technicians. Says nothing of who the people are: roles, numbers, and no address in full.</summary>
/// <param name="SessionRights">What the session allows.</param>
/// <param name="EffectiveRights">What is left of that by the robot's and the pupil's grants.</param>
/// <param name="RobotPublishing">As in <see cref="RoomSnapshot"/>, as are <paramref name="PupilPresent"/> and <paramref name="PupilVideoCodecs"/>.</param>
/// <param name="Peers">Robot, pupil, observers in the order of connecting.</param>
/// <param name="Stats">The peers' statistics; each id begins with its peer's.</param>
public sealed record SessionStatistics(
    string Session,
    DateTimeOffset TakenAt,
    MediaRights SessionRights,
    MediaRights EffectiveRights,
    bool RobotPublishing,
    bool PupilPresent,
    IReadOnlyList<string> PupilVideoCodecs,
    IReadOnlyList<PeerStatistics> Peers,
    IReadOnlyList<RtcStats> Stats)
{
    /// <summary>Where the session lives, from 0.</summary>
    public int Shard { get; init; }

    /// <summary>How long packets stay in that shard, which this session shares with others.</summary>
    public ForwardingLatency ShardLatency { get; init; }
}

/// <summary>One connection of a session.</summary>
/// <param name="Id">"robot", "pupil", "observer-1" …: what the ids of its statistics begin with.</param>
/// <param name="Rights">Of its own grant.</param>
/// <param name="IsConnected">DTLS is done, with the promised certificate.</param>
/// <param name="IsAnnounced">The others have been told of it; true for robot and pupil.</param>
/// <param name="MayReceive">Connected, announced, and its consent is fresh (RFC 7675).</param>
/// <param name="SecondsSinceHeard">Since its last authentic packet; before the first, since it joined.</param>
/// <param name="SecondsSinceCheck">Since its last connectivity check, by which its consent lasts 30 s; null before the first.</param>
public sealed record PeerStatistics(
    string Id,
    PeerRole Role,
    ulong FencingNumber,
    MediaRights Rights,
    bool IsConnected,
    bool IsAnnounced,
    bool MayReceive,
    double SecondsSinceHeard,
    double? SecondsSinceCheck);

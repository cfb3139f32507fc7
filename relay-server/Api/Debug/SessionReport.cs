using System.Text.Json;
using System.Text.Json.Serialization;
using AV1Relay.Sfu;
using AV1Relay.Sfu.Statistics;

namespace AV1Relay.Api.Debug;

/// <summary>The JSON of <c>GET /debug/session/{id}</c>.</summary>
/// <param name="Stats">By id, as a W3C statistics report is; each object's <c>type</c> and members are webrtc-stats'.</param>
internal sealed record SessionReport(
    string Session,
    DateTimeOffset TakenAt,
    SessionReport.RoomState Room,
    SessionReport.RightsState Rights,
    SessionReport.ShardState Shard,
    IReadOnlyDictionary<string, SessionReport.PeerState> Peers,
    IReadOnlyDictionary<string, object> Stats)
{
    /// <summary>Numbers as numbers, names in camel case: what the relay does not know is not there.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        WriteIndented = true,
    };

    public static SessionReport Of(SessionStatistics statistics) => new(
        statistics.Session,
        statistics.TakenAt,
        new RoomState(
            statistics.RobotPublishing, statistics.PupilPresent, statistics.Peers.Count(peer => peer.Role == PeerRole.Observer), statistics.PupilVideoCodecs),
        new RightsState(NamesOf(statistics.SessionRights), NamesOf(statistics.EffectiveRights)),
        new ShardState(statistics.Shard, Seconds.Of(statistics.ShardLatency)),
        statistics.Peers.ToDictionary(peer => peer.Id, PeerState.Of),
        statistics.Stats.ToDictionary(stats => stats.Id, stats => (object)stats)); // as objects: written with all that their own type has

    private static string[] NamesOf(MediaRights rights) =>
    [
        .. new[] { MediaRights.VideoToPupil, MediaRights.AudioToPupil, MediaRights.AudioFromPupil }
            .Where(right => (rights & right) != 0)
            .Select(right => JsonNamingPolicy.CamelCase.ConvertName(right.ToString())),
    ];

    internal sealed record RoomState(bool RobotPublishing, bool PupilPresent, int Observers, IReadOnlyList<string> PupilVideoCodecs);

    /// <param name="Effective">What is left of the session's by the robot's and the pupil's grants.</param>
    internal sealed record RightsState(IReadOnlyList<string> Session, IReadOnlyList<string> Effective);

    /// <param name="ForwardingLatency">Of all sessions on this shard since the relay's start.</param>
    internal sealed record ShardState(int Index, Seconds ForwardingLatency);

    internal sealed record Seconds(long Count, double P50, double P95, double P99, double P999)
    {
        public static Seconds Of(ForwardingLatency latency) => new(
            latency.Count, latency.P50.TotalSeconds, latency.P95.TotalSeconds, latency.P99.TotalSeconds, latency.P999.TotalSeconds);
    }

    internal sealed record PeerState(
        string Role, ulong FencingNumber, IReadOnlyList<string> Rights, bool IsConnected, bool IsAnnounced, bool MayReceive,
        double SecondsSinceHeard, double? SecondsSinceCheck)
    {
        public static PeerState Of(PeerStatistics peer) => new(
            JsonNamingPolicy.CamelCase.ConvertName(peer.Role.ToString()), peer.FencingNumber, NamesOf(peer.Rights), peer.IsConnected, peer.IsAnnounced,
            peer.MayReceive, peer.SecondsSinceHeard, peer.SecondsSinceCheck);
    }
}

namespace AV1Relay.Api.Rooms;

/// <summary>Who takes part in a session's media right now.</summary>
/// <param name="Session">The session.</param>
/// <param name="RobotPublishing">The robot's media reaches the relay.</param>
/// <param name="PupilPresent">The pupil is connected.</param>
/// <param name="Observers">Display names of everybody else.</param>
/// <param name="PupilVideoCodecs">What the pupil can decode, <c>H264</c> or <c>VP8</c>; empty while unknown.</param>
public sealed record Room(
    string Session,
    bool RobotPublishing,
    bool PupilPresent,
    IReadOnlyList<string> Observers,
    IReadOnlyList<string> PupilVideoCodecs);

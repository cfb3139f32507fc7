namespace AV1Relay.Sfu;

/// <summary>Who is in a room at one moment.</summary>
/// <param name="RobotPublishing">The robot is connected and its media arrives.</param>
/// <param name="PupilPresent">The pupil is connected, and was heard from lately.</param>
/// <param name="Observers">Display names, in the order of connecting. Nobody receives anything before being listed here.</param>
/// <param name="PupilVideoCodecs">What the pupil can decode, "H264" or "VP8", known from its offer on; empty without a pupil.</param>
public sealed record RoomSnapshot(
    string Session,
    bool RobotPublishing,
    bool PupilPresent,
    IReadOnlyList<string> Observers,
    IReadOnlyList<string> PupilVideoCodecs)
{
    internal bool IsSameAs(RoomSnapshot other)
        => RobotPublishing == other.RobotPublishing && PupilPresent == other.PupilPresent
            && Observers.SequenceEqual(other.Observers) && PupilVideoCodecs.SequenceEqual(other.PupilVideoCodecs);
}

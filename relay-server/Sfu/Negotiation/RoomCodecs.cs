namespace AV1Relay.Sfu.Negotiation;

/// <summary>What the room's other peers can do; it orders the answer and decides whether a codec is common.</summary>
/// <param name="PublisherVideo">Codecs of the robot that is there; null without one that sends video.</param>
/// <param name="PupilVideo">Codecs of the pupil that is there; empty without one.</param>
internal sealed record RoomCodecs(IReadOnlyList<MediaCodec>? PublisherVideo, IReadOnlyList<MediaCodec> PupilVideo)
{
    public static RoomCodecs Nobody { get; } = new(null, []);
}

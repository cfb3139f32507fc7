namespace AV1Relay.Sfu.Negotiation;

/// <summary>What the relay forwards. It never decodes any of them.</summary>
internal enum MediaCodec : byte
{
    None,

    /// <summary>Constrained baseline, packetization-mode 1.</summary>
    H264,
    Vp8,
    Opus,
}

/// <summary>What a room carries: at most one stream of each.</summary>
internal enum MediaSource : byte
{
    RobotVideo,
    RobotAudio,
    PupilAudio,
}

internal static class MediaSources
{
    public const int Count = 3;

    public static bool IsVideo(this MediaSource source) => source == MediaSource.RobotVideo;

    public static int ClockRate(this MediaSource source) => source.IsVideo() ? 90_000 : 48_000;

    /// <summary>The right without which nothing of this source crosses the relay.</summary>
    public static MediaRights Right(this MediaSource source) => source switch
    {
        MediaSource.RobotVideo => MediaRights.VideoToPupil,
        MediaSource.RobotAudio => MediaRights.AudioToPupil,
        _ => MediaRights.AudioFromPupil,
    };

    /// <summary>What a peer of this role may send in a section of this kind; null for nothing.</summary>
    public static MediaSource? SentBy(PeerRole role, bool isVideo) => (role, isVideo) switch
    {
        (PeerRole.Robot, true) => MediaSource.RobotVideo,
        (PeerRole.Robot, false) => MediaSource.RobotAudio,
        (PeerRole.Pupil, false) => MediaSource.PupilAudio, // and never video
        _ => null,
    };

    /// <summary>What a peer of this role receives, in the order of its sections of this kind.</summary>
    public static ReadOnlySpan<MediaSource> ReceivedBy(PeerRole role, bool isVideo) => (role, isVideo) switch
    {
        (PeerRole.Robot, false) => [MediaSource.PupilAudio],
        (PeerRole.Pupil, true) or (PeerRole.Observer, true) => [MediaSource.RobotVideo],
        (PeerRole.Pupil, false) => [MediaSource.RobotAudio],
        (PeerRole.Observer, false) => [MediaSource.RobotAudio, MediaSource.PupilAudio],
        _ => [],
    };
}

using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Tests.Simulation.Ends;

/// <summary>What each role offers: mid "v" is the picture, "a" the sound, "b" an observer's second sound.</summary>
internal static class OfferedBy
{
    private static readonly RtpExtensionMap[] VideoExtensions =
        [new(3, RtpExtensionUris.Mid), new(4, RtpExtensionUris.TransportWideCc), new(5, RtpExtensionUris.PlayoutDelay)];

    private static readonly RtpExtensionMap[] AudioExtensions = [new(3, RtpExtensionUris.Mid), new(4, RtpExtensionUris.TransportWideCc)];

    /// <summary>Payload types differ between the roles, so that a packet forwarded under the publisher's is noticed.</summary>
    public static IReadOnlyList<OfferedMedia> Role(PeerRole role, MediaSender? sender) => role switch
    {
        PeerRole.Robot =>
        [
            new("video", "v", MediaDirection.SendOnly, [OfferedCodecs.H264(120)])
            {
                Ssrc = sender?.Video?.Ssrc, RtxSsrc = sender?.Video?.RtxSsrc, Msid = new SdpMediaStreamId("camera"), Extensions = VideoExtensions,
            },
            new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus(109)])
            {
                Ssrc = sender?.Audio.Ssrc, Msid = new SdpMediaStreamId("microphone"), Extensions = AudioExtensions,
            },
        ],
        PeerRole.Pupil =>
        [
            new("video", "v", MediaDirection.RecvOnly, [OfferedCodecs.H264(102)]) { Rtx = true, Extensions = VideoExtensions },
            new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus(111)])
            {
                Ssrc = sender?.Audio.Ssrc, Msid = new SdpMediaStreamId("voice"), Extensions = AudioExtensions,
            },
        ],
        _ =>
        [
            new("video", "v", MediaDirection.RecvOnly, [OfferedCodecs.H264(97)]) { Rtx = true, Extensions = VideoExtensions },
            new("audio", "a", MediaDirection.RecvOnly, [OfferedCodecs.Opus(100)]) { Extensions = AudioExtensions },
            new("audio", "b", MediaDirection.RecvOnly, [OfferedCodecs.Opus(100)]) { Extensions = AudioExtensions },
        ],
    };

    /// <summary>What comes in a section.</summary>
    public static MediaSource SourceOf(PeerRole role, string mid) => (role, mid) switch
    {
        (_, "v") => MediaSource.RobotVideo,
        (PeerRole.Robot, _) or (_, "b") => MediaSource.PupilAudio,
        _ => MediaSource.RobotAudio,
    };
}

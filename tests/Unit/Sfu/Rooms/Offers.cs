using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Tests.Unit.Sfu.Rooms;

/// <summary>What robots, pupils and observers of this project offer: mid "v" is the picture, "a" the sound, "b" an observer's second sound.</summary>
internal static class Offers
{
    public const uint VideoSsrc = 0x1111_1111;
    public const uint VideoRtxSsrc = 0x1111_2222;
    public const uint AudioSsrc = 0x2222_2222;

    private static readonly RtpExtensionMap[] VideoExtensions =
        [new(3, RtpExtensionUris.Mid), new(4, RtpExtensionUris.TransportWideCc), new(5, RtpExtensionUris.PlayoutDelay)];

    private static readonly RtpExtensionMap[] AudioExtensions = [new(3, RtpExtensionUris.Mid)];

    /// <summary>Payload types that are nobody else's, so that a packet forwarded under the publisher's is noticed.</summary>
    public static IReadOnlyList<OfferedMedia> Robot(params CodecDescription[] video) =>
    [
        new("video", "v", MediaDirection.SendOnly, video.Length == 0 ? [OfferedCodecs.H264(120), OfferedCodecs.Vp8(122)] : video)
        {
            Ssrc = VideoSsrc,
            RtxSsrc = VideoRtxSsrc,
            Msid = new SdpMediaStreamId("camera"),
            Extensions = VideoExtensions,
        },
        new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus(109)])
        {
            Ssrc = AudioSsrc,
            Msid = new SdpMediaStreamId("microphone"),
            Extensions = AudioExtensions,
        },
    ];

    public static IReadOnlyList<OfferedMedia> Pupil(params CodecDescription[] video) =>
    [
        new("video", "v", MediaDirection.RecvOnly, video.Length == 0 ? [OfferedCodecs.Vp8(96), OfferedCodecs.H264(102)] : video)
        {
            Rtx = true,
            Extensions = VideoExtensions,
        },
        new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus(111)])
        {
            Ssrc = AudioSsrc,
            Msid = new SdpMediaStreamId("voice"),
            Extensions = AudioExtensions,
        },
    ];

    public static IReadOnlyList<OfferedMedia> PupilWithoutRtx() => [Pupil()[0] with { Rtx = false }, Pupil()[1]];

    public static IReadOnlyList<OfferedMedia> Observer() =>
    [
        new("video", "v", MediaDirection.RecvOnly, [OfferedCodecs.H264(97)]) { Rtx = true, Extensions = VideoExtensions },
        new("audio", "a", MediaDirection.RecvOnly, [OfferedCodecs.Opus(100)]) { Extensions = AudioExtensions },
        new("audio", "b", MediaDirection.RecvOnly, [OfferedCodecs.Opus(100)]) { Extensions = AudioExtensions },
    ];
}

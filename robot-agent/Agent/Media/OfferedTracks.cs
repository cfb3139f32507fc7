using AV1Relay.Codecs;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.RobotAgent.Media;

/// <summary>What the robot offers: its picture, and sound both ways, in streams of their own so that neither waits for the other.</summary>
internal static class OfferedTracks
{
    private static readonly RtpExtensionMap Mid = new(1, RtpExtensionUris.Mid);
    private static readonly RtpExtensionMap TransportWide = new(2, RtpExtensionUris.TransportWideCc);
    private static readonly RtpExtensionMap PlayoutDelay = new(3, RtpExtensionUris.PlayoutDelay);

    /// <param name="preference">Codecs that this robot can encode, best first.</param>
    public static IReadOnlyList<OfferedMedia> Of(IReadOnlyList<VideoCodec> preference, VideoTrack video, AudioTrack audio)
    {
        var codecs = preference.Select(codec => codec == VideoCodec.H264 ? OfferedCodecs.H264() : OfferedCodecs.Vp8()).ToList();
        var sound = new OfferedMedia("audio", audio.Mid, MediaDirection.SendRecv, [OfferedCodecs.Opus()])
        {
            Msid = new SdpMediaStreamId("robot-audio", "microphone"),
            Ssrc = audio.Ssrc,
            Extensions = [Mid],
        };
        if (codecs.Count == 0) return [sound];
        var picture = new OfferedMedia("video", video.Mid, MediaDirection.SendOnly, codecs)
        {
            Msid = new SdpMediaStreamId("robot-video", "camera"),
            Ssrc = video.Ssrc,
            RtxSsrc = video.RtxSsrc,
            Extensions = [Mid, TransportWide, PlayoutDelay],
        };
        return [picture, sound];
    }
}

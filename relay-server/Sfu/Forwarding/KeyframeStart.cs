using AV1Relay.Sfu.Negotiation;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Sfu.Forwarding;

/// <summary>Tells whether decoding can start with a packet, from the first bytes of its payload alone.</summary>
internal static class KeyframeStart
{
    public static bool IsIn(MediaCodec codec, ReadOnlySpan<byte> payload) => codec switch
    {
        MediaCodec.H264 => VideoKeyFrames.StartsH264KeyFrame(payload),
        MediaCodec.Vp8 => VideoKeyFrames.StartsVp8KeyFrame(payload),
        _ => false,
    };

    /// <summary>Whether packets right before this start may belong to it.</summary>
    public static bool MayFollowParameterSets(MediaCodec codec, ReadOnlySpan<byte> payload)
        => codec == MediaCodec.H264 && !VideoKeyFrames.HoldsH264ParameterSets(payload);
}

using System.Globalization;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>One codec of one section, under the offerer's payload types.</summary>
/// <param name="RtxPayloadType">-1: retransmissions were not negotiated.</param>
internal sealed record NegotiatedCodec(MediaCodec Codec, int PayloadType, int RtxPayloadType, CodecDescription Answer)
{
    public bool HasRtx => RtxPayloadType >= 0;

    public bool AnswersNack => Answer.RtcpFeedback.Contains("nack");

    public bool TakesRemb => Answer.RtcpFeedback.Contains("goog-remb");

    public CodecDescription? RtxAnswer => HasRtx
        ? new CodecDescription(RtxPayloadType, "rtx", Answer.ClockRate) { Fmtp = string.Create(CultureInfo.InvariantCulture, $"apt={PayloadType}") }
        : null;
}

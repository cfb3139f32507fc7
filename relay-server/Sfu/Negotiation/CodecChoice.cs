using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>Picks, out of everything that an offer lists, the codecs that the relay forwards.</summary>
internal static class CodecChoice
{
    private static readonly CodecDescription ConstrainedBaseline =
        new(0, "H264", 90_000) { Fmtp = "packetization-mode=1;profile-level-id=42e01f" };

    private static readonly CodecDescription Baseline =
        new(0, "H264", 90_000) { Fmtp = "packetization-mode=1;profile-level-id=42001f" };

    /// <summary>H.264 and VP8, in this order, each at most once.</summary>
    public static IReadOnlyList<NegotiatedCodec> Video(MediaDescription offered, bool isUplink, bool hasTransportSequence)
    {
        // Browsers list H.264 six times. A decoder of plain baseline also decodes its constrained part.
        var h264 = offered.Codecs.FirstOrDefault(codec => ConstrainedBaseline.IsCompatibleWith(codec) && Level(codec) == "42e01f")
            ?? offered.Codecs.FirstOrDefault(ConstrainedBaseline.IsCompatibleWith)
            ?? offered.Codecs.FirstOrDefault(Baseline.IsCompatibleWith);
        var vp8 = offered.Codecs.FirstOrDefault(codec => codec.IsNamed("VP8") && codec.ClockRate == 90_000);

        var codecs = new List<NegotiatedCodec>(2);
        if (h264 is not null) codecs.Add(Answer(MediaCodec.H264, h264, offered, isUplink, hasTransportSequence, h264.Fmtp));
        if (vp8 is not null) codecs.Add(Answer(MediaCodec.Vp8, vp8, offered, isUplink, hasTransportSequence, fmtp: null));
        return codecs;
    }

    public static IReadOnlyList<NegotiatedCodec> Audio(MediaDescription offered)
    {
        var opus = offered.Codecs.FirstOrDefault(codec => codec.IsNamed("opus") && codec is { ClockRate: 48_000, Channels: 2 });
        if (opus is null) return [];

        // No feedback: sound is never repeated, and its rate is not steered from here.
        var answer = new CodecDescription(opus.PayloadType, opus.Name, 48_000, 2) { Fmtp = "minptime=10;useinbandfec=1" };
        return [new NegotiatedCodec(MediaCodec.Opus, opus.PayloadType, -1, answer)];
    }

    private static NegotiatedCodec Answer(
        MediaCodec codec, CodecDescription offered, MediaDescription media, bool isUplink, bool hasTransportSequence, string? fmtp)
    {
        var rtx = media.FindRtx(offered.PayloadType)?.PayloadType ?? -1;
        var feedback = new List<string>();
        foreach (var kind in offered.RtcpFeedback)
        {
            var isKept = kind switch
            {
                // A subscriber's lost packet can only be repeated as RTX: never twice under one SRTP index.
                "nack" => isUplink || rtx >= 0,
                "nack pli" or "ccm fir" => true,
                // What subscribers can take; how their own way to the relay does, transport-cc tells publishers.
                "goog-remb" => isUplink,
                "transport-cc" => hasTransportSequence,
                _ => false,
            };
            if (isKept && !feedback.Contains(kind)) feedback.Add(kind);
        }

        var answer = new CodecDescription(offered.PayloadType, offered.Name, offered.ClockRate) { Fmtp = fmtp, RtcpFeedback = feedback };
        return new NegotiatedCodec(codec, offered.PayloadType, rtx, answer);
    }

    private static string? Level(CodecDescription codec) => codec.Parameter("profile-level-id")?.ToLowerInvariant();
}

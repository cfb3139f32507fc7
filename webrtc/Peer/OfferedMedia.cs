using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>One section of an offer, seen by the peer that makes it.</summary>
/// <param name="Kind">"audio" or "video".</param>
/// <param name="Mid">1–16 characters without spaces; its own in each section.</param>
/// <param name="Codecs">Best first. A payload type may come again in another section only for the very same codec.</param>
public sealed record OfferedMedia(string Kind, string Mid, MediaDirection Direction, IReadOnlyList<CodecDescription> Codecs)
{
    /// <summary>What we send belongs to this stream; tracks that must not wait for each other get different streams. A track without a name gets the mid's.</summary>
    public SdpMediaStreamId? Msid { get; init; }

    /// <summary>The source we send with; needed when <see cref="Direction"/> sends.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>The source of repeated packets (RFC 4588); with <see cref="Ssrc"/> it makes an FID group.</summary>
    public uint? RtxSsrc { get; init; }

    /// <summary>Offers an "rtx" payload type for each codec. Set by itself where <see cref="RtxSsrc"/> is.</summary>
    public bool Rtx { get; init; }

    public IReadOnlyList<RtpExtensionMap> Extensions { get; init; } = [];

    internal bool Sends => Direction is MediaDirection.SendRecv or MediaDirection.SendOnly;

    internal bool OffersRtx => Rtx || RtxSsrc is not null;
}

/// <summary>The codecs that this project sends, as offers word them.</summary>
public static class OfferedCodecs
{
    private static readonly string[] VideoFeedback = ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc"];

    /// <summary>Opus, mono in content, with in-band error correction (RFC 7587; always "/48000/2").</summary>
    public static CodecDescription Opus(int payloadType = 111) => new(payloadType, "opus", 48_000, 2)
    {
        Fmtp = "minptime=10;useinbandfec=1",
        RtcpFeedback = ["transport-cc"],
    };

    /// <summary>Constrained baseline, level 3.1, non-interleaved (RFC 6184).</summary>
    public static CodecDescription H264(int payloadType = 102) => new(payloadType, "H264", 90_000)
    {
        Fmtp = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        RtcpFeedback = VideoFeedback,
    };

    public static CodecDescription Vp8(int payloadType = 96) => new(payloadType, "VP8", 90_000) { RtcpFeedback = VideoFeedback };
}

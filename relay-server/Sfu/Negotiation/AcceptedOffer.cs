using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>An offer that was accepted, and the plan that came of it.</summary>
/// <param name="Media">Accepted sections only.</param>
/// <param name="TransportMedia">The section whose transport carries all of them.</param>
/// <param name="BundledMids">Of the accepted sections, in order.</param>
internal sealed record AcceptedOffer(
    string AnswerSdp,
    Fingerprint RemoteFingerprint,
    IceCredentials RemoteIce,
    IReadOnlyList<NegotiatedMedia> Media,
    NegotiatedMedia TransportMedia,
    IReadOnlyList<string> BundledMids)
{
    /// <summary>Video codecs that the peer receives.</summary>
    public IReadOnlyList<MediaCodec> VideoReceived => CodecsWhere(media => media.Downlink == MediaSource.RobotVideo) ?? [];

    /// <summary>Video codecs that the peer may send; null when it sends no video.</summary>
    public IReadOnlyList<MediaCodec>? VideoSent => CodecsWhere(media => media.Uplink == MediaSource.RobotVideo);

    private MediaCodec[]? CodecsWhere(Func<NegotiatedMedia, bool> isWanted)
        => Media.FirstOrDefault(isWanted)?.Codecs.Select(codec => codec.Codec).ToArray();
}

using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>Writes the answer that an <see cref="OfferReader"/> has found: ICE-lite, and DTLS server where the offer leaves the choice.</summary>
internal static class AnswerWriter
{
    public static SessionDescription Write(
        SdpOrigin origin, OfferReader agreed, IceCredentials ice, IReadOnlyList<IceCandidate> candidates, string fingerprint, string cname)
    {
        var sections = new List<MediaDescription>();
        var bundled = new List<string>();
        for (var i = 0; i < agreed.Media.Count; i++)
        {
            var (offered, media) = (agreed.Offer.Media[i], agreed.Media[i]);
            if (agreed.Wishes[i] is not { } wish)
            {
                sections.Add(Rejected(offered));
                continue;
            }

            var isCarrier = sections.TrueForAll(section => section.IsRejected);
            var stream = media.LocalSsrc is { } ssrc ? new LocalStream(ssrc, media.LocalRtxSsrc, wish.Msid, cname) : null;
            sections.Add(SectionAgreement.Write(media.Kind, media.Mid, media.Direction, WithRtx(media), media.Extensions, stream) with
            {
                Mid = offered.Mid,
                Protocol = offered.Protocol,
                RtcpRsize = offered.RtcpRsize,
                IceUfrag = ice.UsernameFragment,
                IcePwd = ice.Password,
                Fingerprints = [fingerprint],
                Setup = agreed.Remote.Setup == SdpSetup.Passive ? SdpSetup.Active : SdpSetup.Passive,
                Candidates = isCarrier ? candidates : [],
                EndOfCandidates = isCarrier,
            });
            if (offered.Mid is not null) bundled.Add(offered.Mid);
        }

        return new SessionDescription
        {
            Origin = origin,
            IceLite = true,
            Groups = agreed.Offer.Groups.Any(group => group.Semantics == SdpGroup.Bundle) ? [new SdpGroup(SdpGroup.Bundle, bundled)] : [],
            OtherAttributes = [new SdpAttribute("msid-semantic", "WMS *")],
            Media = sections,
        };
    }

    private static MediaDescription Rejected(MediaDescription offered) => new()
    {
        Kind = offered.Kind,
        Port = 0,
        Protocol = offered.Protocol,
        Formats = offered.Formats,
        Mid = offered.Mid,
        Direction = MediaDirection.Inactive,
    };

    private static List<CodecDescription> WithRtx(NegotiatedMedia media)
    {
        var all = new List<CodecDescription>();
        foreach (var codec in media.Codecs)
        {
            all.Add(codec);
            if (media.RtxPayloadTypes.TryGetValue(codec.PayloadType, out var rtx)) all.Add(SectionAgreement.Rtx(rtx, codec));
        }

        return all;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>Writes the answer that a plan stands for.</summary>
internal static class AnswerWriter
{
    /// <param name="plan">One entry for each section of the offer; null where it is rejected.</param>
    public static string Write(SessionDescription offer, IReadOnlyList<NegotiatedMedia?> plan, LocalTransport local)
    {
        var sections = new List<MediaDescription>(plan.Count);
        var bundled = new List<string>();
        var isFirst = true;
        for (var i = 0; i < plan.Count; i++)
        {
            if (plan[i] is not { } media)
            {
                sections.Add(Rejected(offer.Media[i]));
                continue;
            }

            sections.Add(Accepted(offer.Media[i], media, local, isFirst));
            isFirst = false;
            if (media.Mid is not null) bundled.Add(media.Mid);
        }

        var answer = new SessionDescription
        {
            Origin = new SdpOrigin("-", (ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue), 1, Address: "0.0.0.0"),
            IceLite = true,
            Groups = offer.Groups.Any(group => group.Semantics == SdpGroup.Bundle) ? [new SdpGroup(SdpGroup.Bundle, bundled)] : [],
            Media = sections,
        };
        return answer.ToString();
    }

    /// <summary>The body of a 200 to an ICE restart (RFC 9725 §4.3.3).</summary>
    public static string WriteRestart(AcceptedOffer accepted, LocalTransport local) => new SdpFragment
    {
        BundleMids = accepted.BundledMids,
        Credentials = local.Ice,
        Media =
        [
            new SdpFragmentMedia(
                accepted.TransportMedia.Kind,
                "UDP/TLS/RTP/SAVPF",
                [accepted.TransportMedia.Codecs[0].PayloadType.ToString(CultureInfo.InvariantCulture)],
                accepted.TransportMedia.Mid ?? "0")
            {
                Candidates = local.Candidates,
                EndOfCandidates = true,
            },
        ],
    }.ToString();

    private static MediaDescription Rejected(MediaDescription offered) => new()
    {
        Kind = offered.Kind,
        Port = 0,
        Protocol = offered.Protocol,
        Formats = offered.Formats,
        Mid = offered.Mid,
        Direction = MediaDirection.Inactive,
    };

    private static MediaDescription Accepted(MediaDescription offered, NegotiatedMedia media, LocalTransport local, bool isTransport)
    {
        var codecs = new List<CodecDescription>();
        foreach (var codec in media.Codecs)
        {
            codecs.Add(codec.Answer);
            if (codec.RtxAnswer is { } rtx) codecs.Add(rtx);
        }

        var stream = media.Downlink is { } source ? StreamOf(source) : null;
        return new MediaDescription
        {
            Kind = media.Kind,
            Port = 9,
            Protocol = offered.Protocol,
            Formats = [.. codecs.Select(codec => codec.PayloadType.ToString(CultureInfo.InvariantCulture))],
            Mid = media.Mid,
            Direction = DirectionOf(media),
            IceUfrag = local.Ice.UsernameFragment,
            IcePwd = local.Ice.Password,
            Fingerprints = [local.Fingerprint.ToString()],
            Setup = SdpSetup.Passive,
            RtcpMux = true,
            RtcpRsize = offered.RtcpRsize,
            Codecs = codecs,
            Extensions = ExtensionsOf(media),
            Msids = stream is null ? [] : [stream],
            Ssrcs = SourcesOf(media, local.CanonicalName, stream),
            SsrcGroups = media.LocalRtxSsrc == 0
                ? []
                : [new SsrcGroup(SsrcGroup.FlowIdentification, [media.LocalSsrc, media.LocalRtxSsrc])],
            Candidates = isTransport ? local.Candidates : [],
            EndOfCandidates = isTransport,
        };
    }

    /// <summary>Picture and sound in MediaStreams of their own, so that a player does not hold one back for the other.</summary>
    private static SdpMediaStreamId StreamOf(MediaSource source) => source switch
    {
        MediaSource.RobotVideo => new SdpMediaStreamId("robot-video", "robot-camera"),
        MediaSource.RobotAudio => new SdpMediaStreamId("robot-audio", "robot-microphone"),
        _ => new SdpMediaStreamId("pupil-audio", "pupil-microphone"),
    };

    private static MediaDirection DirectionOf(NegotiatedMedia media) => (media.Uplink is not null, media.Downlink is not null) switch
    {
        (true, true) => MediaDirection.SendRecv,
        (true, false) => MediaDirection.RecvOnly,
        (false, true) => MediaDirection.SendOnly,
        _ => MediaDirection.Inactive,
    };

    private static List<RtpExtensionMap> ExtensionsOf(NegotiatedMedia media)
    {
        var extensions = new List<RtpExtensionMap>();
        if (media.MidExtension != 0) extensions.Add(new RtpExtensionMap(media.MidExtension, RtpExtensionUris.Mid));
        if (media.TransportSequenceExtension != 0)
            extensions.Add(new RtpExtensionMap(media.TransportSequenceExtension, RtpExtensionUris.TransportWideCc));
        if (media.PlayoutDelayExtension != 0) extensions.Add(new RtpExtensionMap(media.PlayoutDelayExtension, RtpExtensionUris.PlayoutDelay));
        return extensions;
    }

    private static List<SsrcDescription> SourcesOf(NegotiatedMedia media, string canonicalName, SdpMediaStreamId? stream)
    {
        var sources = new List<SsrcDescription>();
        if (media.LocalSsrc != 0) sources.Add(new SsrcDescription(media.LocalSsrc, canonicalName, stream));
        if (media.LocalRtxSsrc != 0) sources.Add(new SsrcDescription(media.LocalRtxSsrc, canonicalName, stream));
        return sources;
    }
}

using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>Turns what a peer offers into a description: everything bundled on one transport (RFC 8829 §5.2, RFC 9143).</summary>
internal static class OfferWriter
{
    /// <summary>Checks what the caller offers and numbers the "rtx" payload types.</summary>
    /// <exception cref="ArgumentException">The sections can't stand together in one offer.</exception>
    public static IReadOnlyList<IReadOnlyList<CodecDescription>> AssignCodecs(IReadOnlyList<OfferedMedia> media)
    {
        if (media.Count is 0 or > SdpLimits.MediaSections) throw new ArgumentException("An offer has 1 to 32 sections.", nameof(media));
        if (media.Select(section => section.Mid).Distinct().Count() != media.Count) throw new ArgumentException("Two sections share a mid.", nameof(media));

        var used = new Dictionary<int, CodecDescription>();
        foreach (var section in media)
        {
            if (section.Codecs.Count == 0) throw new ArgumentException($"Section {section.Mid} offers no codec.", nameof(media));
            if (section.Sends && section.Ssrc is null) throw new ArgumentException($"Section {section.Mid} sends and has no source.", nameof(media));
            foreach (var codec in section.Codecs)
            {
                // RFC 9143 §9.1: in a bundle a payload type means one codec.
                if (used.TryGetValue(codec.PayloadType, out var other) && (!other.IsCompatibleWith(codec) || other.Fmtp != codec.Fmtp))
                    throw new ArgumentException($"Payload type {codec.PayloadType} means two codecs.", nameof(media));
                used[codec.PayloadType] = codec;
            }
        }

        var rtxOf = new Dictionary<int, CodecDescription>();
        return [.. media.Select(section => section.OffersRtx ? WithRtx(section, used, rtxOf) : section.Codecs)];
    }

    public static SessionDescription Write(
        SdpOrigin origin, IReadOnlyList<OfferedMedia> media, IReadOnlyList<IReadOnlyList<CodecDescription>> codecs, string cname,
        IceAgent ice, string fingerprint)
    {
        var sections = media.Select((section, index) => SectionAgreement.Write(
            section.Kind, section.Mid, section.Direction, codecs[index], section.Extensions, StreamOf(section, cname)) with
        {
            IceUfrag = ice.Local.UsernameFragment,
            IcePwd = ice.Local.Password,
            Fingerprints = [fingerprint],
            Setup = SdpSetup.ActPass,
            // The first section's transport carries all.
            Candidates = index == 0 ? ice.LocalCandidates : [],
            EndOfCandidates = index == 0,
        });
        return new SessionDescription
        {
            Origin = origin,
            Groups = [new SdpGroup(SdpGroup.Bundle, [.. media.Select(section => section.Mid)])],
            IceOptions = ["ice2"],
            ExtmapAllowMixed = true,
            OtherAttributes = [new SdpAttribute("msid-semantic", "WMS *")],
            Media = [.. sections],
        };
    }

    private static LocalStream? StreamOf(OfferedMedia section, string cname)
        => section is { Sends: true, Ssrc: { } ssrc } ? new LocalStream(ssrc, section.RtxSsrc, section.Msid, cname) : null;

    private static List<CodecDescription> WithRtx(
        OfferedMedia section, Dictionary<int, CodecDescription> used, Dictionary<int, CodecDescription> rtxOf)
    {
        var all = new List<CodecDescription>();
        foreach (var codec in section.Codecs)
        {
            all.Add(codec);
            if (codec.IsNamed("rtx") || section.Codecs.Any(other => other.AssociatedPayloadType == codec.PayloadType)) continue;
            if (!rtxOf.TryGetValue(codec.PayloadType, out var rtx))
            {
                rtx = SectionAgreement.Rtx(FreePayloadType(codec.PayloadType, used), codec);
                rtxOf[codec.PayloadType] = rtx;
                used[rtx.PayloadType] = rtx;
            }

            all.Add(rtx);
        }

        return all;
    }

    /// <summary>The next free number after the codec's own, in the dynamic ranges (RFC 3551 §6; 64–95 would look like RTCP, RFC 5761 §4).</summary>
    private static int FreePayloadType(int payloadType, Dictionary<int, CodecDescription> used)
    {
        for (var step = 1; step < 128; step++)
        {
            var candidate = (payloadType + step) % 128;
            if (candidate is >= 96 or (>= 35 and < 64) && !used.ContainsKey(candidate)) return candidate;
        }

        throw new ArgumentException("No payload type is left for retransmission.");
    }
}

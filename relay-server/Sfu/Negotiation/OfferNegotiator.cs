using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Sfu.Negotiation;

/// <summary>Turns an offer into an answer and a plan, or into a refusal in words (RFC 8829, RFC 9143, RFC 9725).</summary>
/// <remarks>
/// Nothing changes anywhere but in the result. Every section keeps its place: what the relay has no use for is answered with port 0, or as
/// inactive when it is the first of its kind, so that a pupil's camera that was offered by mistake is simply not taken.
/// </remarks>
internal static class OfferNegotiator
{
    public static bool TryNegotiate(
        PeerRole role,
        in ParsedSdp<SessionDescription> parsed,
        LocalTransport local,
        RoomCodecs room,
        [NotNullWhen(true)] out AcceptedOffer? accepted,
        [NotNullWhen(false)] out JoinOutcome.Refused? refusal)
    {
        accepted = null;
        refusal = null;
        if (parsed.Value is not { } offer)
            return Refuse(JoinRefusal.MalformedOffer, $"The offer can't be read. {parsed.Error}", out refusal);
        if (offer.Media.Count == 0)
            return Refuse(JoinRefusal.MalformedOffer, "The offer has no media section.", out refusal);

        var plan = PlanSections(role, offer, room);
        var media = plan.OfType<NegotiatedMedia>().ToArray();
        var transport = media.FirstOrDefault();
        if (transport is null || !media.Any(section => section.Uplink is not null || section.Downlink is not null))
            return Refuse(JoinRefusal.NothingUsable, WhatWouldBeUsable(role), out refusal);
        if (HasNoCommonCodec(role, offer, media, room))
        {
            return Refuse(
                JoinRefusal.NothingUsable,
                $"The robot sends {Names(room.PublisherVideo!)}; offer one of them.", out refusal); // not null: HasNoCommonCodec says so
        }

        var section = offer.Media[IndexOf(plan, transport)];
        if (offer.SetupOf(section) is SdpSetup.Passive or SdpSetup.HoldConn)
            return Refuse(JoinRefusal.NothingUsable, "The relay is always the DTLS server: offer a=setup:actpass or active.", out refusal);
        if (offer.CredentialsOf(section) is not { } remoteIce)
            return Refuse(JoinRefusal.MalformedOffer, "The offer has no a=ice-ufrag and a=ice-pwd.", out refusal);
        if (BestFingerprint(offer.FingerprintsOf(section)) is not { } remoteFingerprint)
            return Refuse(JoinRefusal.MalformedOffer, "The offer has no a=fingerprint with sha-256, sha-384 or sha-512.", out refusal);

        accepted = new AcceptedOffer(
            AnswerWriter.Write(offer, plan, local),
            remoteFingerprint,
            remoteIce,
            media,
            transport,
            [.. media.Select(item => item.Mid).OfType<string>()]);
        return true;
    }

    /// <summary>One entry for each offered section; null where it is rejected.</summary>
    private static List<NegotiatedMedia?> PlanSections(PeerRole role, SessionDescription offer, RoomCodecs room)
    {
        var plan = new List<NegotiatedMedia?>(offer.Media.Count);
        var sections = new SectionPlanner(role, room);
        var group = BundleOf(offer);
        foreach (var section in offer.Media)
        {
            // All media shares one transport. Without a group, the first section that is accepted is all there is.
            var isCarried = group is null ? plan.All(earlier => earlier is null) : section.Mid is not null && group.Mids.Contains(section.Mid);
            plan.Add(isCarried && IsSpoken(section) ? sections.Plan(section) : null);
        }

        return plan;
    }

    private static SdpGroup? BundleOf(SessionDescription offer)
        => offer.Groups.FirstOrDefault(group => group.Semantics == SdpGroup.Bundle && group.Mids.Count > 0);

    private static bool IsSpoken(MediaDescription section)
        => section.Kind is "audio" or "video" && !section.IsRejected && section.Protocol.Contains("RTP/SAVP", StringComparison.Ordinal)
            && (section.RtcpMux || section.RtcpMuxOnly);

    private static bool HasNoCommonCodec(PeerRole role, SessionDescription offer, NegotiatedMedia[] media, RoomCodecs room)
    {
        if (role == PeerRole.Robot || room.PublisherVideo is not { Count: > 0 } published) return false;
        var wantsVideo = offer.Media.Any(section =>
            section is { Kind: "video", IsRejected: false, Direction: MediaDirection.RecvOnly or MediaDirection.SendRecv });
        if (!wantsVideo) return false;
        var received = media.FirstOrDefault(section => section.Downlink == MediaSource.RobotVideo);
        return received is null || !received.Codecs.Any(codec => published.Contains(codec.Codec));
    }

    private static Fingerprint? BestFingerprint(IReadOnlyList<string> offered)
    {
        Fingerprint? best = null;
        foreach (var text in offered)
        {
            // SHA-256 is what every stack computes anyway.
            if (Fingerprint.TryParse(text, out var parsed) && (best is null || parsed.Algorithm == "sha-256")) best = parsed;
        }

        return best;
    }

    private static int IndexOf(List<NegotiatedMedia?> plan, NegotiatedMedia media)
        => plan.FindIndex(section => ReferenceEquals(section, media));

    private static string Names(IReadOnlyList<MediaCodec> codecs)
        => string.Join(" or ", codecs.Select(codec => codec == MediaCodec.H264 ? "H.264 (constrained baseline, packetization-mode 1)" : "VP8"));

    private static string WhatWouldBeUsable(PeerRole role) => role switch
    {
        PeerRole.Robot => "A publisher offers video to send (H.264 constrained baseline with packetization-mode 1, or VP8), audio to send (Opus), "
            + "or both, bundled and with rtcp-mux.",
        PeerRole.Pupil => "A pupil offers video to receive (H.264 constrained baseline with packetization-mode 1, or VP8), audio (Opus), "
            + "or both, bundled and with rtcp-mux.",
        _ => "An observer offers video (H.264 constrained baseline with packetization-mode 1, or VP8) or audio (Opus) to receive, "
            + "bundled and with rtcp-mux.",
    };

    private static bool Refuse(JoinRefusal reason, string detail, out JoinOutcome.Refused refusal)
    {
        refusal = new JoinOutcome.Refused(reason, detail);
        return false;
    }

    internal static uint NewSsrc() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>The one-byte form's ids are all that the relay writes.</summary>
    internal static int ExtensionId(MediaDescription section, string uri) => section.ExtensionId(uri) is { } id and >= 1 and <= 14 ? id : 0;

    internal static bool CanCarry(string? mid) => mid is { Length: > 0 and <= RtpExtensions.MaxMidLength } && mid.All(char.IsAscii);
}

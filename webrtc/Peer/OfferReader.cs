using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What an offer and our own wishes have in common (RFC 3264 §6, RFC 8829 §5.10, RFC 9143 §7.3).</summary>
internal sealed record OfferReader
{
    /// <summary>RFC 8285 §4.2: the one-byte form is all that is written here.</summary>
    private const int LargestOneByteId = 14;

    public required SessionDescription Offer { get; init; }

    /// <summary>One entry a section of the offer, in its order.</summary>
    public required IReadOnlyList<NegotiatedMedia> Media { get; init; }

    /// <summary>Which wish each accepted section met; null where it is rejected.</summary>
    public required IReadOnlyList<AnsweredMedia?> Wishes { get; init; }

    public required RemoteTransport Remote { get; init; }

    /// <summary>Ours: server, unless the offer insists on being it.</summary>
    public DtlsRole Role => Remote.Setup == SdpSetup.Passive ? DtlsRole.Client : DtlsRole.Server;

    public static bool TryRead(
        string sdp, IReadOnlyList<AnsweredMedia> wishes, [NotNullWhen(true)] out OfferReader? reader, [NotNullWhen(false)] out string? error)
    {
        reader = null;
        if (!SessionDescription.TryParse(sdp, out var offer, out var sdpError))
        {
            error = sdpError.ToString();
            return false;
        }

        var met = MeetWishes(offer, wishes);
        var first = met.FindIndex(section => !section.Media.IsRejected);
        error = "The offer has nothing that is wanted here: no section of the right kind, bundled and with rtcp-mux, that shares a codec.";
        if (first < 0) return false;
        var carrier = offer.TransportOf(offer.Media[first]);
        if (!RemoteTransport.TryRead(offer, carrier, "offer", out var remote, out error)) return false;
        error = "The offer's transport is on hold.";
        if (remote.Setup == SdpSetup.HoldConn) return false;
        error = "Both ends are ICE-lite, so neither would look for a path.";
        if (remote.IsLite) return false;

        error = null;
        reader = new OfferReader
        {
            Offer = offer,
            Media = [.. met.Select(section => section.Media)],
            Wishes = [.. met.Select(section => section.Media.IsRejected ? null : section.Wish)],
            Remote = remote,
        };
        return true;
    }

    private static List<(NegotiatedMedia Media, AnsweredMedia? Wish)> MeetWishes(SessionDescription offer, IReadOnlyList<AnsweredMedia> wishes)
    {
        var met = new List<(NegotiatedMedia Media, AnsweredMedia? Wish)>(offer.Media.Count);
        var left = wishes.ToList();
        MediaDescription? carrier = null;
        foreach (var section in offer.Media)
        {
            var wish = left.Find(candidate => candidate.Kind == section.Kind);
            var transport = offer.TransportOf(section);
            var isCarried = IsSpoken(section) && (carrier is null || transport == carrier);
            var media = wish is not null && isCarried ? Negotiate(section, wish) : Rejected(section);
            if (wish is not null && !media.IsRejected)
            {
                left.Remove(wish);
                carrier ??= transport;
            }

            met.Add((media, wish));
        }

        return met;
    }

    private static bool IsSpoken(MediaDescription section)
        => !section.IsRejected && section.Protocol.Contains("RTP/SAVP", StringComparison.Ordinal) && (section.RtcpMux || section.RtcpMuxOnly);

    private static NegotiatedMedia Rejected(MediaDescription section)
        => new(section.Mid ?? "", section.Kind, MediaDirection.Inactive) { IsRejected = true };

    private static NegotiatedMedia Negotiate(MediaDescription offered, AnsweredMedia wish)
    {
        var codecs = wish.Codecs.Select(wanted => Choose(offered, wanted)).OfType<CodecDescription>().DistinctBy(codec => codec.PayloadType).ToList();
        if (codecs.Count == 0) return Rejected(offered);
        var rtx = new Dictionary<int, int>();
        foreach (var codec in codecs)
            if (wish.Rtx && offered.FindRtx(codec.PayloadType) is { } repeats) rtx[codec.PayloadType] = repeats.PayloadType;

        var direction = SectionAgreement.Meet(wish.Direction, offered.Direction);
        var sends = SectionAgreement.Sends(direction);
        return new NegotiatedMedia(offered.Mid ?? "", offered.Kind, direction)
        {
            Codecs = codecs,
            RtxPayloadTypes = rtx,
            Extensions = [.. offered.Extensions.Where(extension => extension.Id <= LargestOneByteId && wish.ExtensionUris.Contains(extension.Uri))],
            RemoteSsrcs = SectionAgreement.Sources(offered),
            RemoteMsid = offered.Msid,
            LocalSsrc = sends ? wish.Ssrc ?? NewSsrc() : null,
            LocalRtxSsrc = sends && rtx.Count > 0 ? NewSsrc() : null,
        };
    }

    /// <summary>The offer's entry for a codec that we want, worded as the answer says it; null when it isn't there.</summary>
    private static CodecDescription? Choose(MediaDescription offered, CodecDescription wanted)
    {
        var compatible = offered.Codecs.Where(wanted.IsCompatibleWith).ToList();
        if (compatible.Count == 0) return null;
        // Browsers offer H.264 at several levels and with the same profile: the very one that is wanted goes first.
        var level = wanted.Parameter("profile-level-id");
        var best = compatible.Find(codec => string.Equals(codec.Parameter("profile-level-id"), level, StringComparison.OrdinalIgnoreCase)) ?? compatible[0];
        return best with
        {
            Fmtp = best.IsNamed("H264") ? best.Fmtp : wanted.Fmtp, // RFC 6184 §8.2.2: packetization and profile go back as they came
            RtcpFeedback = [.. best.RtcpFeedback.Where(wanted.RtcpFeedback.Contains)],
        };
    }

    private static uint NewSsrc() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
}

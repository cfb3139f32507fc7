using System.Diagnostics.CodeAnalysis;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What an answer says, checked against the offer (RFC 3264 §6, RFC 8829 §5.11).</summary>
internal sealed record AnswerReader
{
    public required IReadOnlyList<NegotiatedMedia> Media { get; init; }

    public required RemoteTransport Remote { get; init; }

    /// <summary>Ours: client where the answer is passive.</summary>
    public required DtlsRole Role { get; init; }

    public static bool TryRead(
        SessionDescription offer, string sdp, [NotNullWhen(true)] out AnswerReader? answer, [NotNullWhen(false)] out string? error)
    {
        answer = null;
        if (!SessionDescription.TryParse(sdp, out var description, out var sdpError))
        {
            error = sdpError.ToString();
            return false;
        }

        error = FindMismatch(offer, description);
        if (error is not null) return false;

        var accepted = description.Media.Where(section => !section.IsRejected).ToList();
        error = "The answer rejects everything.";
        if (accepted.Count == 0) return false;
        var carrier = description.TransportOf(accepted[0]);
        error = "The answer is not bundled on one transport.";
        if (accepted.Exists(section => description.TransportOf(section) != carrier)) return false;
        if (!RemoteTransport.TryRead(description, carrier, "answer", out var remote, out error)) return false;
        error = "The answer must choose a DTLS role: active or passive.";
        if (remote.Setup is not (null or SdpSetup.Active or SdpSetup.Passive)) return false;

        error = null;
        answer = new AnswerReader
        {
            Media = [.. offer.Media.Zip(description.Media, Negotiate)],
            Remote = remote,
            // RFC 8842 §5.3: an answer that says nothing is active.
            Role = remote.Setup == SdpSetup.Passive ? DtlsRole.Client : DtlsRole.Server,
        };
        return true;
    }

    /// <returns>Null, or in words why this is no answer to that offer.</returns>
    private static string? FindMismatch(SessionDescription offer, SessionDescription answer)
    {
        if (answer.Media.Count != offer.Media.Count) return $"The answer has {answer.Media.Count} sections, the offer {offer.Media.Count}.";
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var (ours, theirs) = (offer.Media[i], answer.Media[i]);
            if (ours.Kind != theirs.Kind) return $"Section {i + 1} of the answer is of another kind than the offer's.";
            if (theirs.IsRejected) continue;
            if (theirs.Mid != ours.Mid) return $"Section {i + 1} of the answer has another mid than the offer's.";
            if (!theirs.RtcpMux) return $"Section {i + 1} of the answer does not multiplex RTCP.";
            if (!AgreedCodecs(ours, theirs).Any()) return $"Section {i + 1} of the answer has no codec that was offered.";
        }

        return null;
    }

    private static NegotiatedMedia Negotiate(MediaDescription ours, MediaDescription theirs)
    {
        var mid = ours.Mid ?? "";
        if (theirs.IsRejected) return new NegotiatedMedia(mid, ours.Kind, MediaDirection.Inactive) { IsRejected = true };
        var codecs = AgreedCodecs(ours, theirs).ToList();
        var rtx = theirs.Codecs.Where(codec => ours.FindCodec(codec.PayloadType) is { } offered
            && codec.AssociatedPayloadType is { } apt && offered.AssociatedPayloadType == apt && codecs.Exists(media => media.PayloadType == apt));
        return new NegotiatedMedia(mid, ours.Kind, SectionAgreement.Meet(ours.Direction, theirs.Direction))
        {
            Codecs = codecs,
            RtxPayloadTypes = rtx.DistinctBy(codec => codec.AssociatedPayloadType)
                .ToDictionary(codec => codec.AssociatedPayloadType ?? 0, codec => codec.PayloadType),
            Extensions = [.. theirs.Extensions.Where(extension => ours.Extensions.Any(offered => offered.Id == extension.Id && offered.Uri == extension.Uri))],
            RemoteSsrcs = SectionAgreement.Sources(theirs),
            RemoteMsid = theirs.Msid,
            LocalSsrc = ours.Ssrcs.Count > 0 ? ours.Ssrcs[0].Ssrc : null,
            LocalRtxSsrc = ours.Ssrcs.Count > 1 ? ours.Ssrcs[1].Ssrc : null,
        };
    }

    /// <summary>Those of the answer's codecs that stand in the offer under the same number.</summary>
    private static IEnumerable<CodecDescription> AgreedCodecs(MediaDescription ours, MediaDescription theirs)
        => theirs.Codecs.Where(codec => !codec.IsNamed("rtx") && ours.FindCodec(codec.PayloadType) is { } offered && offered.IsCompatibleWith(codec));
}

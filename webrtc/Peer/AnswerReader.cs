using System.Diagnostics.CodeAnalysis;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What an answer says, checked against the offer (RFC 3264 §6, RFC 8829 §5.11).</summary>
internal sealed record AnswerReader
{
    public required IReadOnlyList<NegotiatedMedia> Media { get; init; }

    public required IceCredentials Credentials { get; init; }

    public required IReadOnlyList<IceCandidate> Candidates { get; init; }

    public required bool IsLite { get; init; }

    public required Fingerprint Fingerprint { get; init; }

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
        error = "The answer has no usable ICE credentials.";
        if (description.CredentialsOf(carrier) is not { IsWellFormed: true } credentials) return false;

        Fingerprint? fingerprint = null;
        foreach (var text in description.FingerprintsOf(carrier))
            if (Fingerprint.TryParse(text, out fingerprint)) break;
        error = "The answer has no fingerprint that can be trusted (SHA-256 or longer).";
        if (fingerprint is null) return false;

        error = "The answer must choose a DTLS role: active or passive.";
        if (description.SetupOf(carrier) is not (null or SdpSetup.Active or SdpSetup.Passive)) return false;

        error = null;
        answer = new AnswerReader
        {
            Media = [.. offer.Media.Zip(description.Media, Negotiate)],
            Credentials = credentials,
            Candidates = description.CandidatesOf(carrier),
            IsLite = description.IceLite,
            Fingerprint = fingerprint,
            // RFC 8842 §5.3: an answer that says nothing is active.
            Role = description.SetupOf(carrier) == SdpSetup.Passive ? DtlsRole.Client : DtlsRole.Server,
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
        return new NegotiatedMedia(mid, ours.Kind, Meet(ours.Direction, theirs.Direction))
        {
            Codecs = codecs,
            RtxPayloadTypes = rtx.DistinctBy(codec => codec.AssociatedPayloadType)
                .ToDictionary(codec => codec.AssociatedPayloadType ?? 0, codec => codec.PayloadType),
            Extensions = [.. theirs.Extensions.Where(extension => ours.Extensions.Any(offered => offered.Id == extension.Id && offered.Uri == extension.Uri))],
            RemoteSsrcs = Sources(theirs),
            RemoteMsid = theirs.Msid,
        };
    }

    /// <summary>Those of the answer's codecs that stand in the offer under the same number.</summary>
    private static IEnumerable<CodecDescription> AgreedCodecs(MediaDescription ours, MediaDescription theirs)
        => theirs.Codecs.Where(codec => !codec.IsNamed("rtx") && ours.FindCodec(codec.PayloadType) is { } offered && offered.IsCompatibleWith(codec));

    private static List<SsrcDescription> Sources(MediaDescription media)
    {
        if (media.SsrcGroups.FirstOrDefault(group => group.Semantics == SsrcGroup.FlowIdentification) is not { } flow) return [.. media.Ssrcs];
        return [.. media.Ssrcs.OrderBy(source => flow.Ssrcs.Contains(source.Ssrc) ? flow.Ssrcs.ToList().IndexOf(source.Ssrc) : int.MaxValue)];
    }

    private static MediaDirection Meet(MediaDirection ours, MediaDirection theirs)
    {
        var send = ours is MediaDirection.SendRecv or MediaDirection.SendOnly && theirs is MediaDirection.SendRecv or MediaDirection.RecvOnly;
        var receive = ours is MediaDirection.SendRecv or MediaDirection.RecvOnly && theirs is MediaDirection.SendRecv or MediaDirection.SendOnly;
        return (send, receive) switch
        {
            (true, true) => MediaDirection.SendRecv,
            (true, false) => MediaDirection.SendOnly,
            (false, true) => MediaDirection.RecvOnly,
            _ => MediaDirection.Inactive,
        };
    }
}

using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What offer and answer have agreed on for one section.</summary>
/// <param name="Direction">Ours, after both sides' wishes; Inactive for a rejected section.</param>
public sealed record NegotiatedMedia(string Mid, string Kind, MediaDirection Direction)
{
    public bool IsRejected { get; init; }

    /// <summary>Both sides know these; in the answerer's order, without "rtx". Numbers are those of the answer.</summary>
    public IReadOnlyList<CodecDescription> Codecs { get; init; } = [];

    /// <summary>What to send: the first of <see cref="Codecs"/>. Null when rejected.</summary>
    public CodecDescription? Codec => Codecs.Count > 0 ? Codecs[0] : null;

    /// <summary>The payload type of each codec's repeated packets.</summary>
    public IReadOnlyDictionary<int, int> RtxPayloadTypes { get; init; } = new Dictionary<int, int>();

    /// <summary>For <see cref="Codec"/>; null when packets aren't repeated on a source of their own.</summary>
    public int? RtxPayloadType => Codec is { } codec && RtxPayloadTypes.TryGetValue(codec.PayloadType, out var rtx) ? rtx : null;

    public IReadOnlyList<RtpExtensionMap> Extensions { get; init; } = [];

    /// <summary>The sources that the other end announces: media first, then its repeats where there is an FID group.</summary>
    public IReadOnlyList<SsrcDescription> RemoteSsrcs { get; init; } = [];

    public SdpMediaStreamId? RemoteMsid { get; init; }

    /// <summary>Null when the description doesn't say: it is learnt from the first packet.</summary>
    public uint? RemoteSsrc => RemoteSsrcs.Count > 0 ? RemoteSsrcs[0].Ssrc : null;

    /// <summary>What we send as; null where we don't.</summary>
    public uint? LocalSsrc { get; init; }

    /// <summary>What our repeated packets come from (RFC 4588); null for none.</summary>
    public uint? LocalRtxSsrc { get; init; }

    public bool CanSend => Direction is MediaDirection.SendRecv or MediaDirection.SendOnly;

    public bool CanReceive => Direction is MediaDirection.SendRecv or MediaDirection.RecvOnly;

    /// <summary>The agreed number of a header extension; null when it wasn't agreed on.</summary>
    public int? ExtensionId(string uri) => Extensions.FirstOrDefault(extension => extension.Uri == uri)?.Id;
}

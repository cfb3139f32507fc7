using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What a peer that answers is ready to do with one section of an offer.</summary>
/// <param name="Kind">"audio" or "video". The offer's sections of a kind take the entries of that kind in order; those beyond are rejected.</param>
/// <param name="Direction">Ours, at most: an offer that asks for less gets less.</param>
/// <param name="Codecs">Best first. Their payload types don't count: an answer uses the offer's.</param>
public sealed record AnsweredMedia(string Kind, MediaDirection Direction, IReadOnlyList<CodecDescription> Codecs)
{
    /// <summary>What we send belongs to this stream.</summary>
    public SdpMediaStreamId? Msid { get; init; }

    /// <summary>The source we send with; null: a random one.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>Agrees on repeated packets (RFC 4588) where the offer has them; when sending, under a source of their own.</summary>
    public bool Rtx { get; init; }

    /// <summary>Header extensions to agree on (<see cref="RtpExtensionUris"/>), under the offer's numbers.</summary>
    public IReadOnlyList<string> ExtensionUris { get; init; } = [];
}

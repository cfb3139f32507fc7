namespace AV1Relay.Sfu.Negotiation;

/// <summary>One accepted section of an offer: what it carries each way, and under which numbers.</summary>
internal sealed record NegotiatedMedia
{
    public required string Kind { get; init; }

    public string? Mid { get; init; }

    /// <summary>What the peer sends here; null for nothing.</summary>
    public MediaSource? Uplink { get; init; }

    /// <summary>What the peer receives here; null for nothing.</summary>
    public MediaSource? Downlink { get; init; }

    /// <summary>In the relay's order of preference.</summary>
    public required IReadOnlyList<NegotiatedCodec> Codecs { get; init; }

    /// <summary>Ids of header extensions; 0: not negotiated.</summary>
    public int MidExtension { get; init; }

    public int TransportSequenceExtension { get; init; }

    public int PlayoutDelayExtension { get; init; }

    /// <summary>Announced by the offer; null when the first packet has to tell.</summary>
    public uint? RemoteSsrc { get; init; }

    public uint? RemoteRtxSsrc { get; init; }

    /// <summary>Of what the relay sends here; 0 without <see cref="Downlink"/>.</summary>
    public uint LocalSsrc { get; init; }

    public uint LocalRtxSsrc { get; init; }

    /// <summary>RFC 5506: feedback may travel without a report before it.</summary>
    public bool HasReducedSizeRtcp { get; init; }

    public bool IsVideo => Kind == "video";

    public NegotiatedCodec? Find(MediaCodec codec)
    {
        for (var i = 0; i < Codecs.Count; i++) // once a packet: an enumerator behind an interface would be allocated
        {
            if (Codecs[i].Codec == codec) return Codecs[i];
        }

        return null;
    }
}

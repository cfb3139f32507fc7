using AV1Relay.WebRtc.Ice;

namespace AV1Relay.WebRtc.Sdp;

/// <summary>One m= section (RFC 8866 §5.14) and what WebRTC says in it (RFC 8829).</summary>
public sealed record MediaDescription
{
    /// <summary>"audio", "video" or "application".</summary>
    public required string Kind { get; init; }

    /// <summary>9 where ICE decides, 0 where rejected.</summary>
    public int Port { get; init; } = 9;

    public string Protocol { get; init; } = "UDP/TLS/RTP/SAVPF";

    /// <summary>As on the m= line: payload types, or "webrtc-datachannel".</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The c= line's value; null when the section has none.</summary>
    public string? Connection { get; init; } = "IN IP4 0.0.0.0";

    /// <summary>b= lines as they came ("AS:2500", "TIAS:2500000").</summary>
    public IReadOnlyList<string> Bandwidths { get; init; } = [];

    /// <summary>Null when the author gave none; then the section can't be bundled.</summary>
    public string? Mid { get; init; }

    public MediaDirection Direction { get; init; } = MediaDirection.SendRecv;

    public string? IceUfrag { get; init; }

    public string? IcePwd { get; init; }

    public IReadOnlyList<string> IceOptions { get; init; } = [];

    /// <summary>Values of a=fingerprint, "sha-256 AB:CD:…", as written.</summary>
    public IReadOnlyList<string> Fingerprints { get; init; } = [];

    public SdpSetup? Setup { get; init; }

    public bool RtcpMux { get; init; }

    public bool RtcpMuxOnly { get; init; }

    public bool RtcpRsize { get; init; }

    /// <summary>RFC 9143 §6: port 0, but alive through the group's first section.</summary>
    public bool BundleOnly { get; init; }

    public bool ExtmapAllowMixed { get; init; }

    /// <summary>In the m= line's order, which is the author's preference. Formats without a known rtpmap are left out.</summary>
    public IReadOnlyList<CodecDescription> Codecs { get; init; } = [];

    public IReadOnlyList<RtpExtensionMap> Extensions { get; init; } = [];

    /// <summary>Those with a numeric address; names (<c>.local</c>) and unknown transports are left out.</summary>
    public IReadOnlyList<IceCandidate> Candidates { get; init; } = [];

    public bool EndOfCandidates { get; init; }

    public IReadOnlyList<SdpMediaStreamId> Msids { get; init; } = [];

    /// <summary>The first of <see cref="Msids"/>.</summary>
    public SdpMediaStreamId? Msid => Msids.Count > 0 ? Msids[0] : null;

    public IReadOnlyList<SsrcDescription> Ssrcs { get; init; } = [];

    public IReadOnlyList<SsrcGroup> SsrcGroups { get; init; } = [];

    /// <summary>Data channel (RFC 8841); null elsewhere.</summary>
    public int? SctpPort { get; init; }

    /// <summary>Bytes (RFC 8841 §6); null when not given.</summary>
    public long? MaxMessageSize { get; init; }

    /// <summary>What nobody here interprets (rid, simulcast, rtcp, ptime …), in order.</summary>
    public IReadOnlyList<SdpAttribute> OtherAttributes { get; init; } = [];

    public bool IsRejected => Port == 0 && !BundleOnly;

    public CodecDescription? FindCodec(int payloadType) => Codecs.FirstOrDefault(codec => codec.PayloadType == payloadType);

    /// <summary>The "rtx" codec that repeats the given payload type; null for none.</summary>
    public CodecDescription? FindRtx(int payloadType) => Codecs.FirstOrDefault(codec => codec.AssociatedPayloadType == payloadType);

    /// <summary>The number that an extension has in this section; null when it isn't there.</summary>
    public int? ExtensionId(string uri) => Extensions.FirstOrDefault(extension => extension.Uri == uri)?.Id;
}

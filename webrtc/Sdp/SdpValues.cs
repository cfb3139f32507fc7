namespace AV1Relay.WebRtc.Sdp;

/// <summary>Which way media flows, seen by the description's author (RFC 8866 §6.7).</summary>
public enum MediaDirection : byte
{
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

/// <summary>Who starts the DTLS handshake (RFC 8842 §5.2).</summary>
public enum SdpSetup : byte
{
    /// <summary>The author leaves the choice to the other side: what offers say.</summary>
    ActPass,

    /// <summary>The author will be DTLS client.</summary>
    Active,

    /// <summary>The author will be DTLS server.</summary>
    Passive,

    HoldConn,
}

/// <summary>The o= line (RFC 8866 §5.2).</summary>
public sealed record SdpOrigin(string Username, ulong SessionId, ulong SessionVersion, string NetworkType = "IN", string AddressType = "IP4", string Address = "127.0.0.1")
{
    public static SdpOrigin Default { get; } = new("-", 0, 0);
}

/// <summary>An attribute that nobody here interprets, kept as it came.</summary>
public sealed record SdpAttribute(string Name, string? Value = null);

/// <summary>a=group (RFC 5888, RFC 9143).</summary>
public sealed record SdpGroup(string Semantics, IReadOnlyList<string> Mids)
{
    public const string Bundle = "BUNDLE";
}

/// <summary>a=msid (RFC 8830): which MediaStream a track belongs to.</summary>
/// <param name="Stream">"-" for none.</param>
/// <param name="Track">Null when left out, as newer browsers do.</param>
public sealed record SdpMediaStreamId(string Stream, string? Track = null)
{
    public override string ToString() => Track is null ? Stream : $"{Stream} {Track}";
}

/// <summary>a=extmap (RFC 8285 §5).</summary>
/// <param name="Id">1–14 fit the one-byte form, 15–255 need the two-byte one, from 4096 on they are only proposals.</param>
/// <param name="Direction">Null: like the section.</param>
public sealed record RtpExtensionMap(int Id, string Uri, MediaDirection? Direction = null);

/// <summary>What a=ssrc lines say of one source (RFC 5576).</summary>
public sealed record SsrcDescription(uint Ssrc, string? Cname = null, SdpMediaStreamId? Msid = null);

/// <summary>a=ssrc-group (RFC 5576 §4.2): with FID the second source repeats the first (RFC 4588).</summary>
public sealed record SsrcGroup(string Semantics, IReadOnlyList<uint> Ssrcs)
{
    public const string FlowIdentification = "FID";
}

/// <summary>The header extensions that this project reads or writes.</summary>
public static class RtpExtensionUris
{
    public const string PlayoutDelay = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
    public const string TransportWideCc = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    public const string Mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    public const string AbsSendTime = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    public const string AudioLevel = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
}

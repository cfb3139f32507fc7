namespace AV1Relay.Sfu.Statistics;

/// <summary>One peer's ICE and DTLS, which carry all its streams.</summary>
public sealed record TransportStats : RtcStats
{
    public override string Type => "transport";

    /// <summary>Datagrams but for connectivity checks and their answers.</summary>
    public required long PacketsSent { get; init; }

    public required long PacketsReceived { get; init; }

    /// <summary>As they were on the wire, without UDP's and IP's headers.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Authentic SRTP and SRTCP alone: what is not authentic counts for nobody.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>"new" before the first check, "connected", or "disconnected" once consent has expired (RFC 7675).</summary>
    public required string IceState { get; init; }

    /// <summary>"controlled": the relay is ICE-lite (RFC 8445 §6.1.1).</summary>
    public string IceRole { get; } = "controlled";

    /// <summary>"new", "connecting", "connected".</summary>
    /// <remarks>Never "failed": after a failed attempt everything waits for the next check, as before the first.</remarks>
    public required string DtlsState { get; init; }

    public string DtlsRole { get; } = "server";

    public string? SelectedCandidatePairId { get; init; }

    /// <summary>Four hexadecimal digits: "FEFD" is DTLS 1.2.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>By its name in IANA's registry of cipher suites.</summary>
    public string? DtlsCipher { get; init; }

    /// <summary>By its name in IANA's registry of DTLS-SRTP protection profiles.</summary>
    public string? SrtpCipher { get; init; }
}

/// <summary>A path on which the peer's checks have come.</summary>
public sealed record CandidatePairStats : RtcStats
{
    public override string Type => "candidate-pair";

    public required string TransportId { get; init; }

    /// <summary>Null where this relay advertises several addresses: the check does not tell at which one it arrived.</summary>
    public string? LocalCandidateId { get; init; }

    public required string RemoteCandidateId { get; init; }

    /// <summary>"succeeded" once the peer has also answered a check of the relay's there; until then "in-progress".</summary>
    public required string State { get; init; }

    public required bool Nominated { get; init; }

    /// <summary>The last authentic packet of any kind, in ms since 1970.</summary>
    public double? LastPacketReceivedTimestamp { get; init; }

    /// <summary>What this peer's way carries of the picture, bits a second, by the peer's own reports; null where it sends none, and for paths not in use.</summary>
    public int? AvailableOutgoingBitrate { get; init; }

    /// <summary>Authenticated checks of this peer, on all its paths together: consent lasts by them (RFC 7675).</summary>
    public required long RequestsReceived { get; init; }

    public required long ResponsesSent { get; init; }
}

/// <summary>An address of the relay (<c>local-candidate</c>) or of a peer (<c>remote-candidate</c>).</summary>
/// <param name="Type">One of the two.</param>
public sealed record CandidateStats(string Type) : RtcStats
{
    public override string Type { get; } = Type;

    public required string TransportId { get; init; }

    /// <summary>A peer's is cut down to its network: an address leads to a home (<see cref="MaskedAddress"/>).</summary>
    public required string Address { get; init; }

    /// <summary>The relay's alone.</summary>
    public int? Port { get; init; }

    /// <summary>"udp" or "tcp".</summary>
    public required string Protocol { get; init; }

    /// <summary>"host" for the relay's own; "prflx" for a peer's, which is learned from its checks.</summary>
    public required string CandidateType { get; init; }
}

/// <summary>A codec that a stream uses, under the peer's own payload type.</summary>
public sealed record CodecStats : RtcStats
{
    public override string Type => "codec";

    public required string TransportId { get; init; }

    public required int PayloadType { get; init; }

    /// <summary>"video/H264" and the like.</summary>
    public required string MimeType { get; init; }

    public required int ClockRate { get; init; }

    /// <summary>Null for video.</summary>
    public int? Channels { get; init; }

    public string? SdpFmtpLine { get; init; }
}

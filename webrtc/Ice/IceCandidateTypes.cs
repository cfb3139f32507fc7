namespace AV1Relay.WebRtc.Ice;

/// <summary>How a candidate was learnt (RFC 8445 §5.1.1).</summary>
public enum IceCandidateType : byte
{
    Host,
    ServerReflexive,
    PeerReflexive,
    Relayed,
}

/// <summary>Who opens the connection of a TCP candidate (RFC 6544 §4.5).</summary>
public enum IceTcpType : byte
{
    /// <summary>Not TCP.</summary>
    None,

    /// <summary>Opens connections; its port means nothing and is written as 9.</summary>
    Active,

    /// <summary>Accepts connections.</summary>
    Passive,

    /// <summary>Both at once. Parsed, never paired.</summary>
    SimultaneousOpen,
}

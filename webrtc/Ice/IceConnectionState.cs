namespace AV1Relay.WebRtc.Ice;

public enum IceConnectionState : byte
{
    /// <summary>The peer's description hasn't come yet.</summary>
    New,

    /// <summary>No path is valid yet.</summary>
    Checking,

    /// <summary>There is a path, and the peer answers on it.</summary>
    Connected,

    /// <summary>The peer has stopped answering; it may come back.</summary>
    Disconnected,

    /// <summary>No path was found, or consent has run out: nothing is sent until a restart.</summary>
    Failed,
}

/// <summary>A path: where datagrams leave, and where they go.</summary>
public readonly record struct CandidatePair(TransportAddress Local, TransportAddress Remote);

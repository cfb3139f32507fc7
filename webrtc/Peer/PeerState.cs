namespace AV1Relay.WebRtc.Peer;

public enum PeerState : byte
{
    /// <summary>The answer hasn't come yet.</summary>
    New,

    /// <summary>Looking for a path, or shaking hands on it.</summary>
    Connecting,

    /// <summary>There is a path, the other end is who its description said, and media may flow.</summary>
    Connected,

    /// <summary>The other end has stopped answering; it may come back, or need an ICE restart.</summary>
    Disconnected,

    /// <summary>No path (an ICE restart may help), or the handshake failed (then only a new peer helps).</summary>
    Failed,

    /// <summary>One of the ends said goodbye.</summary>
    Closed,
}

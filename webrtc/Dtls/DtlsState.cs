namespace AV1Relay.WebRtc.Dtls;

/// <summary>Which end of the handshake this is: a client speaks first. In SDP, <c>active</c> is the client (RFC 5763 §5).</summary>
public enum DtlsRole
{
    Client,
    Server,
}

public enum DtlsState
{
    New,
    Connecting,

    /// <summary>Keys are agreed with whoever holds the private key of the presented certificate; whose it is, its fingerprint tells.</summary>
    Connected,

    /// <summary>The handshake or the session ended with an error; <see cref="IDtlsSession.Failure"/> says which.</summary>
    Failed,

    /// <summary>One side said goodbye (close_notify).</summary>
    Closed,
}

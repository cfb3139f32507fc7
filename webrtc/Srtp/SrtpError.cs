namespace AV1Relay.WebRtc.Srtp;

/// <summary>Why a datagram was not accepted. Whatever the reason, no state has changed.</summary>
public enum SrtpError
{
    None,

    /// <summary>Too short, another version, or header lengths that do not fit; or SRTCP in the clear.</summary>
    Malformed,

    AuthenticationFailed,

    /// <summary>Seen before, or more than <see cref="ReplayWindow.Length"/> packets behind the newest.</summary>
    Replayed,

    /// <summary>Authentic, but from more sources than the receiver has room for.</summary>
    TooManySources,

    /// <summary>There are no keys yet, or no longer.</summary>
    NotReady,
}

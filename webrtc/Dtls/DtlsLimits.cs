namespace AV1Relay.WebRtc.Dtls;

/// <summary>What one session may cost before its peer has proved who it is.</summary>
/// <remarks>What arrives beyond a limit is dropped, not an error: the deadline ends a handshake that cannot go on.</remarks>
public sealed record DtlsLimits
{
    public static DtlsLimits Default { get; } = new();

    /// <summary>From <see cref="IDtlsSession.Start"/> to <see cref="DtlsState.Connected"/>; then the session has failed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before a flight is first sent again; it doubles each time.</summary>
    /// <remarks>
    /// RFC 6347 §4.2.4.1 suggests 1 s for unknown paths. Here the path has just answered a STUN check, and a pupil waits at the other end.
    /// </remarks>
    public TimeSpan FirstRetransmission { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan LongestRetransmission { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest handshake message, reassembled, in bytes.</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024;

    /// <summary>All handshake messages of the peer together, by the lengths they declare, in bytes.</summary>
    public int MaxReassemblyBytes { get; init; } = 48 * 1024;

    /// <summary>Bytes read from the peer during the handshake, repetitions included.</summary>
    public int MaxInputBytes { get; init; } = 128 * 1024;

    /// <summary>Records read from the peer during the handshake, repetitions included.</summary>
    public int MaxInputRecords { get; init; } = 512;

    /// <summary>Records of the next epoch read during the handshake. OpenSSL may hold each one, with a buffer of about 17 kB.</summary>
    public int MaxEarlyRecords { get; init; } = 16;
}

using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.WebRtc.Dtls;

/// <summary>One end of a DTLS 1.2 association that keys SRTP (RFC 5764).</summary>
/// <remarks>
/// Sans-I/O: no clock, thread or socket; <c>now</c> is monotonic time since start-up. One thread at a time owns a session.
/// After any call that takes <c>now</c>, drain <see cref="TryTakeDatagram"/>.
/// Give it only datagrams from an address with an authenticated STUN check: what precedes the Finished messages is not authenticated.
/// </remarks>
public interface IDtlsSession : IDisposable
{
    /// <summary>No datagram to send is longer, in bytes.</summary>
    const int MaxDatagramLength = 1200;

    DtlsState State { get; }

    /// <summary>Why the session failed, in words for a log; null while it has not.</summary>
    string? Failure { get; }

    /// <summary>When <see cref="OnTimeout"/> is next due; null when nothing is waited for.</summary>
    TimeSpan? NextTimeout { get; }

    /// <summary>The handshake was not done by its deadline.</summary>
    bool HasExpired => false;

    /// <summary>Records of the handshake that were dropped because a limit on memory or work was reached.</summary>
    long RefusedRecords => 0;

    /// <summary>SHA-256 of the certificate that the peer presented and whose key it holds; null before Connected.</summary>
    Fingerprint? RemoteFingerprint { get; }

    /// <summary>What the handshake settled on; None before Connected, or when the peer did not ask for SRTP.</summary>
    SrtpProfile SrtpProfile { get; }

    /// <summary>The cipher suite by its name in IANA's registry; null before Connected, or where the session can't tell.</summary>
    string? CipherSuite => null;

    /// <summary>As on the wire: 0xFEFD is DTLS 1.2; null before Connected, or where the session can't tell.</summary>
    int? ProtocolVersion => null;

    /// <summary>A client sends its ClientHello; a server waits. The deadline runs from here.</summary>
    void Start(TimeSpan now);

    void OnDatagram(ReadOnlySpan<byte> datagram, TimeSpan now);

    void OnTimeout(TimeSpan now);

    /// <summary>What it has to say goes out only now, later than it was made: the wait for an answer begins here.</summary>
    void OnSent(TimeSpan now)
    {
    }

    /// <summary>Copies the next datagram to send into a span of at least <see cref="MaxDatagramLength"/> bytes.</summary>
    bool TryTakeDatagram(Span<byte> destination, out int length);

    /// <summary>The key block of RFC 5764 §4.2: client key, server key, client salt, server salt.</summary>
    /// <param name="keyingMaterial">Exactly <see cref="SrtpProfiles.KeyingMaterialLength"/> bytes for <see cref="SrtpProfile"/>.</param>
    /// <exception cref="InvalidOperationException">Not Connected, or no profile was agreed on.</exception>
    void ExportSrtpKeys(Span<byte> keyingMaterial);

    /// <summary>Whether the presented certificate is the expected one, by the expected fingerprint's own hash. False before Connected.</summary>
    bool RemoteMatches(Fingerprint expected) => RemoteFingerprint is { } remote && remote.Equals(expected);

    /// <summary>Says goodbye (close_notify) once; the datagram is still to be taken.</summary>
    void Close()
    {
    }
}

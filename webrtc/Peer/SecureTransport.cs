using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>DTLS, the fingerprint's gate, and SRTP behind it (RFC 5763, RFC 5764).</summary>
/// <remarks>
/// No key exists before the presented certificate has matched the fingerprint from the signalling, so nothing can pass early.
/// Sans-I/O: after each call that takes <c>now</c>, drain <see cref="TryTakeDatagram"/>. One thread at a time owns it; it owns the DTLS session.
/// </remarks>
public sealed class SecureTransport : IDisposable
{
    private const int DefaultSources = 16;

    private readonly IDtlsSession _dtls;
    private readonly DtlsRole _role;
    private readonly Fingerprint _expectedRemote;
    private readonly int _maxSources;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;

    /// <param name="maxSources">SSRCs that each way may have, RTP and RTCP each.</param>
    public SecureTransport(IDtlsSession dtls, DtlsRole role, Fingerprint expectedRemote, int maxSources = DefaultSources)
    {
        ArgumentNullException.ThrowIfNull(dtls);
        ArgumentNullException.ThrowIfNull(expectedRemote);
        _dtls = dtls;
        _role = role;
        _expectedRemote = expectedRemote;
        _maxSources = maxSources;
    }

    /// <summary>The peer is who the signalling said, and media may flow. Never true again once it has failed or closed.</summary>
    public bool IsAuthenticated => _sender is not null;

    public bool HasFailed { get; private set; }

    /// <summary>The peer, or <see cref="Close"/>, ended an authenticated session properly; also counts as failed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why it failed, in words for a log; null while it has not.</summary>
    public string? Failure { get; private set; }

    /// <summary>The handshake was not done by its deadline; also counts as failed.</summary>
    public bool HasExpired => _dtls.HasExpired;

    /// <summary>Records that the handshake's limits kept out (<see cref="DtlsLimits"/>).</summary>
    public long RefusedRecords => _dtls.RefusedRecords;

    /// <inheritdoc cref="IDtlsSession.SrtpProfile"/>
    public SrtpProfile SrtpProfile => _dtls.SrtpProfile;

    /// <inheritdoc cref="IDtlsSession.CipherSuite"/>
    public string? CipherSuite => _dtls.CipherSuite;

    /// <inheritdoc cref="IDtlsSession.ProtocolVersion"/>
    public int? ProtocolVersion => _dtls.ProtocolVersion;

    public TimeSpan? NextTimeout => HasFailed ? null : _dtls.NextTimeout;

    public void Start(TimeSpan now)
    {
        _dtls.Start(now);
        FollowSession();
    }

    public void OnDtlsDatagram(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (HasFailed) return;
        _dtls.OnDatagram(datagram, now);
        FollowSession();
    }

    public void OnTimeout(TimeSpan now)
    {
        if (HasFailed) return;
        _dtls.OnTimeout(now);
        FollowSession();
    }

    /// <inheritdoc cref="IDtlsSession.OnSent"/>
    public void OnSent(TimeSpan now)
    {
        if (!HasFailed) _dtls.OnSent(now);
    }

    /// <summary>Copies the next DTLS datagram to send into a span of at least <see cref="IDtlsSession.MaxDatagramLength"/> bytes.</summary>
    public bool TryTakeDatagram(Span<byte> destination, out int length) => _dtls.TryTakeDatagram(destination, out length);

    /// <inheritdoc cref="SrtpSender.ProtectRtp"/>
    public int ProtectRtp(Span<byte> buffer, int length) => _sender is null ? -1 : _sender.ProtectRtp(buffer, length);

    /// <inheritdoc cref="SrtpSender.ProtectRtcp"/>
    public int ProtectRtcp(Span<byte> buffer, int length) => _sender is null ? -1 : _sender.ProtectRtcp(buffer, length);

    /// <inheritdoc cref="SrtpReceiver.UnprotectRtp"/>
    public SrtpError UnprotectRtp(Span<byte> buffer, int length, out int plainLength)
    {
        plainLength = 0;
        return _receiver is null ? SrtpError.NotReady : _receiver.UnprotectRtp(buffer, length, out plainLength);
    }

    /// <inheritdoc cref="SrtpReceiver.UnprotectRtcp"/>
    public SrtpError UnprotectRtcp(Span<byte> buffer, int length, out int plainLength)
    {
        plainLength = 0;
        return _receiver is null ? SrtpError.NotReady : _receiver.UnprotectRtcp(buffer, length, out plainLength);
    }

    /// <summary>Says goodbye; the datagram that does so is still to be taken.</summary>
    public void Close()
    {
        if (HasFailed) return;
        _dtls.Close();
        End("The session was closed here.");
        IsClosed = true;
    }

    public void Dispose()
    {
        DropKeys();
        _dtls.Dispose();
    }

    private void FollowSession()
    {
        switch (_dtls.State)
        {
            case DtlsState.Connected when _sender is null:
                Authenticate();
                break;
            case DtlsState.Failed:
                End(_dtls.Failure ?? "DTLS failed.");
                break;
            case DtlsState.Closed:
                IsClosed = IsAuthenticated;
                End("The peer closed the DTLS session.");
                break;
        }
    }

    private void Authenticate()
    {
        if (!_dtls.RemoteMatches(_expectedRemote))
        {
            var shown = _dtls.RemoteFingerprint;
            _dtls.Close();
            End($"The peer's certificate is not the one that its description promised: expected {_expectedRemote}, got {shown}.");
            return;
        }

        var profile = _dtls.SrtpProfile;
        if (profile == SrtpProfile.None)
        {
            _dtls.Close();
            End("The peer did not agree on an SRTP profile.");
            return;
        }

        const int KeyLength = SrtpProfiles.MasterKeyLength;
        var saltLength = SrtpProfiles.MasterSaltLength(profile);
        Span<byte> block = stackalloc byte[SrtpProfiles.KeyingMaterialLength(profile)];
        _dtls.ExportSrtpKeys(block);

        // RFC 5764 §4.2: client key, server key, client salt, server salt; each end sends with its own.
        var (sending, receiving) = _role == DtlsRole.Client ? (0, 1) : (1, 0);
        var salts = block[(2 * KeyLength)..];
        _sender = SrtpSender.Create(profile, block.Slice(sending * KeyLength, KeyLength), salts.Slice(sending * saltLength, saltLength), _maxSources);
        _receiver = SrtpReceiver.Create(profile, block.Slice(receiving * KeyLength, KeyLength), salts.Slice(receiving * saltLength, saltLength), _maxSources);
        CryptographicOperations.ZeroMemory(block);
    }

    private void End(string words)
    {
        if (HasFailed) return;
        HasFailed = true;
        Failure = words;
        DropKeys();
    }

    private void DropKeys()
    {
        _sender?.Dispose();
        _receiver?.Dispose();
        _sender = null;
        _receiver = null;
    }
}

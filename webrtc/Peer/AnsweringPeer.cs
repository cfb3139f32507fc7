using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Srtp;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Peer;

/// <summary>The side of a call that answers, reachable by itself: ICE-lite, so the other end looks for the path. Everything on one transport.</summary>
/// <remarks>
/// Sans-I/O; one owner thread. After any call that takes <c>now</c>, drain <see cref="TryTakeDatagram"/> and ask <see cref="NextTimeout"/> again.
/// Media goes out by the owner's own socket: protect a packet in place and send it along <see cref="Selected"/>.
/// The other end's candidates are not looked at: it is learnt from its authenticated checks.
/// </remarks>
public sealed class AnsweringPeer : IDisposable
{
    private readonly DtlsContext _dtls;
    private readonly IReadOnlyList<IceCandidate> _localCandidates;
    private readonly IReadOnlyList<AnsweredMedia> _wishes;
    private readonly IPeerMediaSink _sink;
    private readonly AnsweringPeerOptions _options;
    private readonly IceLiteAgent _ice = new(IceCredentials.Generate());
    private readonly IceOutbox _responses = new();
    private readonly string _cname;
    private readonly ulong _sessionId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 1; // RFC 8829 §5.2.1: 63 bits
    private MediaTransport? _transport;
    private TransportAddress _local;
    private TimeSpan? _deadline;
    private bool _isOverdue;
    private bool _isClosed;

    /// <param name="dtls">Shared by all peers of the process; not owned.</param>
    /// <param name="localCandidates">Where we are reached; what the answer says.</param>
    /// <param name="media">What we are ready to do, by kind and in order.</param>
    public AnsweringPeer(
        DtlsContext dtls, IReadOnlyList<IceCandidate> localCandidates, IReadOnlyList<AnsweredMedia> media, IPeerMediaSink sink,
        AnsweringPeerOptions? options = null)
    {
        _dtls = dtls;
        _localCandidates = localCandidates;
        _wishes = media;
        _sink = sink;
        _options = options ?? new AnsweringPeerOptions();
        _cname = _options.Cname ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>One entry a section, in the offer's order; empty before the answer.</summary>
    public IReadOnlyList<NegotiatedMedia> Media { get; private set; } = [];

    /// <summary>What checks for this peer name in their USERNAME, for an owner of many peers on one socket.</summary>
    public IceCredentials LocalCredentials => _ice.Local;

    public PeerState State
    {
        get
        {
            if (_isClosed || _transport is { IsClosed: true }) return PeerState.Closed;
            if (_transport is null) return PeerState.New;
            if (_transport.HasFailed) return PeerState.Failed;
            if (_isOverdue) return _transport.IsAuthenticated ? PeerState.Disconnected : PeerState.Failed;
            return _transport.IsAuthenticated && Selected is not null ? PeerState.Connected : PeerState.Connecting;
        }
    }

    /// <summary>Why the peer failed or closed, in words for a log; null while it has not.</summary>
    public string? Failure => _transport?.Failure ?? (State == PeerState.Failed ? "The other end has not found a path to us, or lost it." : null);

    /// <summary>The path in use; null before there is one, and without the other end's consent.</summary>
    public CandidatePair? Selected => !_isOverdue && _ice.Selected is { } remote ? new CandidatePair(_local, remote) : null;

    /// <summary>Datagrams thrown away: unknown, from nowhere known, or not authentic.</summary>
    public long DroppedDatagrams { get; private set; }

    /// <summary>When <see cref="OnTimeout"/> is next due; null when nothing is waited for.</summary>
    public TimeSpan? NextTimeout
    {
        get
        {
            if (_isClosed) return null;
            var (ice, dtls) = (_deadline, _transport?.NextTimeout);
            return ice is null || dtls < ice ? dtls : ice;
        }
    }

    /// <summary>Takes an offer and waits to be found. Once: what changes the media needs a new peer.</summary>
    /// <param name="answer">Final: nothing more is agreed on afterwards.</param>
    /// <returns>False with words when the offer is malformed, or has nothing that we want. Then another may be tried.</returns>
    public bool TryCreateAnswer(
        string offer, TimeSpan now, [NotNullWhen(true)] out string? answer, [NotNullWhen(false)] out string? error)
    {
        answer = null;
        error = "The peer has an offer already.";
        if (_transport is not null || _isClosed) return false;
        if (!OfferReader.TryRead(offer, _wishes, out var agreed, out error)) return false;
        Media = agreed.Media;
        _transport = new MediaTransport(
            new SecureTransport(new DtlsSession(_dtls, agreed.Role, _options.Dtls), agreed.Role, agreed.Remote.Fingerprint), _sink);
        _deadline = now + _options.ConnectTimeout;
        answer = AnswerWriter.Write(
            new SdpOrigin("-", _sessionId, 1), agreed, _ice.Local, _localCandidates, _dtls.Fingerprint.ToString(), _cname).ToString();
        return true;
    }

    public void OnTimeout(TimeSpan now)
    {
        if (_isClosed) return;
        _transport?.OnTimeout(now);
        if (now < _deadline || _deadline is null) return;
        _deadline = null;
        _isOverdue = true;
    }

    /// <summary>Takes a datagram by its first byte (RFC 7983 §7); media is decrypted in place and handed to the sink.</summary>
    public void OnDatagram(Span<byte> datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
    {
        if (_isClosed || datagram.IsEmpty) return;
        if (StunMessage.LooksLikeStun(datagram))
            OnStun(datagram, new CandidatePair(local, remote), now);
        else if (_transport is not { } transport || !_ice.IsValidated(remote) || !transport.TryDeliver(datagram, now))
            DroppedDatagrams++; // nothing unauthenticated reaches DTLS
    }

    /// <summary>The next datagram of ICE or DTLS to send.</summary>
    /// <param name="destination">At least <see cref="IDtlsSession.MaxDatagramLength"/> bytes.</param>
    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        var isTaken = _responses.TryTake(destination, out length, out var path);
        if (!isTaken && _transport is not null && Selected is { } selected)
        {
            path = selected;
            isTaken = _transport.TryTakeDatagram(destination, out length);
        }

        (local, remote) = path;
        return isTaken;
    }

    /// <summary>Protects an RTP packet in place.</summary>
    /// <returns>The new length; −1 while there is no authenticated peer that consents, or when <see cref="SrtpSender.ProtectRtp"/> refuses.</returns>
    public int ProtectRtp(Span<byte> buffer, int length) => _transport is null || Selected is null ? -1 : _transport.ProtectRtp(buffer, length);

    /// <inheritdoc cref="ProtectRtp"/>
    public int ProtectRtcp(Span<byte> buffer, int length) => _transport is null || Selected is null ? -1 : _transport.ProtectRtcp(buffer, length);

    /// <summary>Takes the other end's ICE restart (RFC 9725 §4.3.3); the old path is used until a check comes with the new credentials.</summary>
    /// <param name="answer">The fragment to send back.</param>
    public bool TryAnswerRestart(
        string sdpFragment, [NotNullWhen(true)] out string? answer, [NotNullWhen(false)] out string? error)
    {
        answer = null;
        error = "There is no call that could be restarted.";
        if (_transport is null || _isClosed || _transport.HasFailed) return false;
        if (!SdpFragment.TryParse(sdpFragment, out var fragment, out var sdpError))
        {
            error = sdpError.ToString();
            return false;
        }

        error = "The fragment has no usable ICE credentials.";
        if (fragment.Credentials is not { IsWellFormed: true }) return false;
        error = null;
        _ice.Restart(IceCredentials.Generate());
        var first = Media.First(media => !media.IsRejected);
        answer = new SdpFragment
        {
            BundleMids = [.. Media.Where(media => !media.IsRejected).Select(media => media.Mid)],
            Credentials = _ice.Local,
            Media = [new SdpFragmentMedia(first.Kind, "UDP/TLS/RTP/SAVPF", ["0"], first.Mid) { Candidates = _localCandidates, EndOfCandidates = true }],
        }.ToString();
        return true;
    }

    /// <summary>Says goodbye; the datagram that does so is still to be taken.</summary>
    public void Close()
    {
        _transport?.Close();
        _isClosed = true;
    }

    public void Dispose()
    {
        _isClosed = true;
        _transport?.Dispose();
    }

    private void OnStun(ReadOnlySpan<byte> datagram, CandidatePair path, TimeSpan now)
    {
        var response = _responses.Reserve();
        if (_transport is null || response.IsEmpty || StunMessage.TryParse(datagram, out var message) != StunParseError.None)
        {
            DroppedDatagrams++;
            return;
        }

        var result = _ice.OnBindingRequest(message, path.Remote, now, response, out var length);
        _responses.Commit(length, path);
        if (result == IceLiteResult.Ignored) DroppedDatagrams++;
        if (result is not (IceLiteResult.Answered or IceLiteResult.AnsweredAndNominated)) return;
        if (_ice.Selected == path.Remote) _local = path.Local;
        _deadline = now + _options.ConsentTimeout;
        _isOverdue = false;
        _transport.StartOnce(now);
    }
}

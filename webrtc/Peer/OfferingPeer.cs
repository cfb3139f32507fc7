using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;
using AV1Relay.WebRtc.Srtp;
using AV1Relay.WebRtc.Stun;

namespace AV1Relay.WebRtc.Peer;

/// <summary>The side of a call that makes the offer: robot, test client, load generator. Everything on one transport.</summary>
/// <remarks>
/// Sans-I/O; one owner thread. After any call that takes <c>now</c>, drain <see cref="TryTakeDatagram"/> and ask <see cref="NextTimeout"/> again.
/// Media goes out by the owner's own socket: protect a packet in place and send it along <see cref="Selected"/>.
/// Addresses are the candidates' (see <see cref="IceAgent"/>).
/// </remarks>
public sealed class OfferingPeer : IDisposable
{
    private readonly Fingerprint _fingerprint;
    private readonly Func<DtlsRole, IDtlsSession> _newDtls;
    private readonly IReadOnlyList<OfferedMedia> _offered;
    private readonly IReadOnlyList<IReadOnlyList<CodecDescription>> _codecs;
    private readonly IPeerMediaSink _sink;
    private readonly OfferingPeerOptions _options;
    private readonly IceAgent _ice;
    private readonly string _cname;
    private readonly ulong _sessionId;
    private SessionDescription? _offer;
    private IReadOnlyList<IceCandidate> _remoteCandidates = [];
    private bool _remoteIsLite;
    private MediaTransport? _transport;
    private bool _isClosed;
    private bool _isRestarting;

    /// <param name="dtls">Shared by all peers of the process; not owned.</param>
    /// <exception cref="ArgumentException">The sections can't stand together in one offer.</exception>
    public OfferingPeer(
        DtlsContext dtls, IReadOnlyList<IceCandidate> localCandidates, IReadOnlyList<OfferedMedia> media, IPeerMediaSink sink,
        OfferingPeerOptions? options = null)
        : this(dtls.Fingerprint, role => new DtlsSession(dtls, role, options?.Dtls ?? DtlsLimits.Default), localCandidates, media, sink, options)
    {
    }

    /// <summary>With another DTLS than OpenSSL's, whose timer reads the wall clock: for simulations.</summary>
    internal OfferingPeer(
        Fingerprint fingerprint, Func<DtlsRole, IDtlsSession> newDtls, IReadOnlyList<IceCandidate> localCandidates,
        IReadOnlyList<OfferedMedia> media, IPeerMediaSink sink, OfferingPeerOptions? options)
    {
        _fingerprint = fingerprint;
        _newDtls = newDtls;
        _offered = media;
        _codecs = OfferWriter.AssignCodecs(media);
        _sink = sink;
        _options = options ?? new OfferingPeerOptions();
        _ice = new IceAgent(IceCredentials.Generate(), localCandidates, _options.Ice);
        _cname = _options.Cname ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        _sessionId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 1; // RFC 8829 §5.2.1: 63 bits
    }

    /// <summary>One entry a section, in the offer's order; empty before the answer.</summary>
    public IReadOnlyList<NegotiatedMedia> Media { get; private set; } = [];

    public PeerState State
    {
        get
        {
            if (_isClosed || _transport is { IsClosed: true }) return PeerState.Closed;
            if (_transport is null) return PeerState.New;
            if (_transport.HasFailed) return PeerState.Failed;
            return _ice.State switch
            {
                IceConnectionState.Failed when !_isRestarting => PeerState.Failed,
                IceConnectionState.Disconnected => _transport.IsAuthenticated ? PeerState.Disconnected : PeerState.Connecting,
                IceConnectionState.Connected when _transport.IsAuthenticated => PeerState.Connected,
                _ => PeerState.Connecting,
            };
        }
    }

    /// <summary>Why the peer failed or closed, in words for a log; null while it has not.</summary>
    public string? Failure => _transport?.Failure ?? (State == PeerState.Failed ? "No path to the other end was found, or it was lost." : null);

    /// <summary>The path in use; null before there is one, and without the other end's consent.</summary>
    public CandidatePair? Selected => _ice.Selected;

    /// <summary>As the latest answered check saw it.</summary>
    public TimeSpan? RoundTrip => _ice.RoundTrip;

    /// <summary>When the other end last answered a check: a sign of life while no media flows. Null before.</summary>
    public TimeSpan? AnsweredAt => _ice.AnsweredAt;

    /// <summary>Datagrams thrown away: unknown, from nowhere known, or not authentic.</summary>
    public long DroppedDatagrams { get; private set; }

    /// <summary>When <see cref="OnTimeout"/> is next due; null when nothing is waited for.</summary>
    public TimeSpan? NextTimeout
    {
        get
        {
            if (_isClosed) return null;
            var (ice, dtls) = (_ice.NextTimeout, _transport?.NextTimeout);
            return ice is null || dtls < ice ? dtls : ice;
        }
    }

    /// <summary>The offer; the same each time until an ICE restart.</summary>
    public string CreateOffer() => Offer.ToString();

    private SessionDescription Offer
        => _offer ??= OfferWriter.Write(new SdpOrigin("-", _sessionId, 1), _offered, _codecs, _cname, _ice, _fingerprint.ToString());

    /// <summary>Takes the answer and starts to connect. Once: what changes the media needs a new peer.</summary>
    /// <returns>False with words when it is malformed, not an answer to our offer, or agrees on nothing. Then another may be tried.</returns>
    public bool TryApplyAnswer(string sdp, TimeSpan now, [NotNullWhen(false)] out string? error)
    {
        error = "The peer has an answer already.";
        if (_transport is not null || _isClosed) return false;
        if (!AnswerReader.TryRead(Offer, sdp, out var answer, out error)) return false;
        Media = answer.Media;
        var remote = answer.Remote;
        _transport = new MediaTransport(new SecureTransport(_newDtls(answer.Role), answer.Role, remote.Fingerprint), _sink);
        _remoteCandidates = remote.Candidates;
        _remoteIsLite = remote.IsLite;
        _ice.SetRemote(remote.Credentials, remote.Candidates, now, remote.IsLite);
        return true;
    }

    public void OnTimeout(TimeSpan now)
    {
        if (_isClosed) return;
        _ice.OnTimeout(now);
        _transport?.OnTimeout(now);
        StartDtlsWhenReady(now);
    }

    /// <summary>Takes a datagram by its first byte (RFC 7983 §7); media is decrypted in place and handed to the sink.</summary>
    public void OnDatagram(Span<byte> datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
    {
        if (_isClosed || datagram.IsEmpty) return;
        if (StunMessage.LooksLikeStun(datagram))
        {
            _ice.OnDatagram(datagram, local, remote, now);
            StartDtlsWhenReady(now);
        }
        else if (_transport is not { } transport || !_ice.IsValid(new CandidatePair(local, remote)) || !transport.TryDeliver(datagram, now))
        {
            DroppedDatagrams++; // nothing unauthenticated reaches DTLS
        }
    }

    /// <summary>The next datagram of ICE or DTLS to send.</summary>
    /// <param name="destination">At least <see cref="IDtlsSession.MaxDatagramLength"/> bytes.</param>
    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        if (_ice.TryTakeDatagram(destination, out length, out local, out remote)) return true;
        (length, local, remote) = (0, default, default);
        if (_transport is null || _ice.Selected is not { } path || !_transport.TryTakeDatagram(destination, out length)) return false;
        (local, remote) = path;
        return true;
    }

    /// <summary>Protects an RTP packet in place.</summary>
    /// <returns>The new length; −1 while there is no authenticated peer that consents, or when <see cref="SrtpSender.ProtectRtp"/> refuses.</returns>
    public int ProtectRtp(Span<byte> buffer, int length) => _transport is null || _ice.Selected is null ? -1 : _transport.ProtectRtp(buffer, length);

    /// <inheritdoc cref="ProtectRtp"/>
    public int ProtectRtcp(Span<byte> buffer, int length) => _transport is null || _ice.Selected is null ? -1 : _transport.ProtectRtcp(buffer, length);

    /// <summary>Begins an ICE restart: the old path is used as long as it lasts.</summary>
    /// <param name="localCandidates">The addresses there are now, where the network has changed; null: those before.</param>
    /// <returns>The body of a PATCH (RFC 9725 §4.3.3), whose answer goes to <see cref="TryApplyRestart"/>.</returns>
    public string RestartIce(TimeSpan now, IReadOnlyList<IceCandidate>? localCandidates = null)
    {
        _isRestarting = true;
        _ice.Restart(IceCredentials.Generate(), localCandidates);
        _offer = null;
        var first = Offer.Media[0];
        return new SdpFragment
        {
            IceOptions = ["ice2"],
            BundleMids = [.. _offered.Select(section => section.Mid)],
            Credentials = _ice.Local,
            Media = [new SdpFragmentMedia(first.Kind, first.Protocol, first.Formats, first.Mid ?? "") { Candidates = _ice.LocalCandidates, EndOfCandidates = true }],
        }.ToString();
    }

    /// <summary>Takes the other end's fragment and tries the paths anew. Without candidates in it, those before hold.</summary>
    public bool TryApplyRestart(string sdpFragment, TimeSpan now, [NotNullWhen(false)] out string? error)
    {
        error = "No restart is under way.";
        if (!_isRestarting || _isClosed) return false;
        if (!SdpFragment.TryParse(sdpFragment, out var fragment, out var sdpError))
        {
            error = sdpError.ToString();
            return false;
        }

        error = "The fragment has no usable ICE credentials.";
        if (fragment.Credentials is not { IsWellFormed: true } credentials) return false;
        error = null;
        if (fragment.Media.FirstOrDefault(media => media.Candidates.Count > 0) is { } media) _remoteCandidates = media.Candidates;
        _isRestarting = false;
        _ice.SetRemote(credentials, _remoteCandidates, now, _remoteIsLite);
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

    private void StartDtlsWhenReady(TimeSpan now)
    {
        if (_ice.Selected is not null) _transport?.StartOnce(now);
    }
}

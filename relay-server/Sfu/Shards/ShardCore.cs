using AV1Relay.Sfu.Forwarding;
using AV1Relay.Sfu.Rooms;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Sfu.Shards;

/// <summary>Everything that a shard does, without its socket, its thread and its clock: datagrams, requests and time in, datagrams and room changes out.</summary>
/// <remarks>
/// One owner thread; <c>now</c> is monotonic and never goes back. A datagram is run to completion, but for the arithmetic of handshakes: told apart by its first byte (RFC 7983), opened
/// in place, routed, written into the output once for each subscriber. Nothing on that way allocates.
/// </remarks>
internal sealed partial class ShardCore : IDisposable
{
    /// <summary>How finely retransmissions, reports and timeouts are kept.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly ShardSettings _settings;
    private readonly IDatagramOutput _output;
    private readonly IRoomChangeSink _changes;
    private readonly IHandshakeRunner _handshakeRunner;
    private readonly PeerTable _peers;
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly List<Peer> _leaving = [];
    private readonly List<Peer> _goneOnLoan = []; // left while their handshakes were lent; each until its own is back, so no more than handshakes
    private readonly SourceLimits _sources;
    private TokenBucket _checks; // all strangers' together
    private int _handshakes;
    private long _timelines;
    private TimeSpan _nextTick;

    /// <param name="handshakes">Where the arithmetic of handshakes is done; null: here and now.</param>
    public ShardCore(ShardSettings settings, IDatagramOutput output, IRoomChangeSink changes, IHandshakeRunner? handshakes = null)
    {
        _handshakeRunner = handshakes ?? new HandshakesInline();
        _settings = settings;
        _output = output;
        _changes = changes;
        _peers = new PeerTable(settings.Options.ChecksPerSecondPerSource);
        _sources = new SourceLimits(settings.Options.MaxTrackedSources, settings.Options.ChecksPerSecondPerSource);
        _checks = new TokenBucket(settings.Options.ChecksPerSecondPerShard, settings.Options.ChecksPerSecondPerShard);
    }

    public ShardCounters Counters { get; } = new();

    public int PeerCount => _peers.Count;

    public int RoomCount => _rooms.Count;

    public Room? FindRoom(string session) => _rooms.GetValueOrDefault(session);

    /// <summary>When <see cref="OnTimeout"/> is next due; null while nobody is there.</summary>
    public TimeSpan? NextTimeout => _peers.Count == 0 ? null : _nextTick;

    public void OnDatagram(Span<byte> datagram, in TransportAddress source, TimeSpan now)
    {
        Counters.PacketsIn++;
        Counters.BytesIn += datagram.Length;
        if (datagram.IsEmpty)
        {
            Counters.Malformed++;
            return;
        }

        switch (datagram[0]) // RFC 7983 §7
        {
            case <= 3:
                OnStun(datagram, source, now);
                break;
            case >= 20 and <= 63:
                OnDtls(datagram, source, now);
                break;
            case >= 128 and <= 191:
                OnMedia(datagram, source, now);
                break;
            default:
                Counters.Malformed++;
                break;
        }
    }

    public void OnTimeout(TimeSpan now)
    {
        if (_peers.Count == 0 || now < _nextTick) return;
        _nextTick = now + Tick;
        var timeout = TimeSpan.FromSeconds(_settings.Options.PeerTimeoutSeconds);
        foreach (var peer in _peers.All)
        {
            if (now >= peer.NotAfter || now - peer.LastHeardAt >= timeout)
            {
                _leaving.Add(peer);
                continue;
            }

            if (peer.Handshake is { } handshake) OnHandshakeTimeout(handshake, now);
            peer.Downlink?.OnTimeout(now);
            if (!peer.IsConnected || peer.Uplinks.Length == 0) continue;
            foreach (var uplink in peer.Uplinks)
            {
                peer.SendDueNacks(uplink, _output, now);
                peer.SendDueArrivals(uplink, _output, now);
                if (uplink.IsVideo) peer.SendDueBound(uplink, peer.Room.PictureBoundBps(now) ?? _settings.Options.PublisherBitrateBps, _output, now);
            }

            peer.SendDueReports(_output, now);
        }

        foreach (var peer in _leaving)
        {
            Counters.PeersExpired++;
            Remove(peer);
        }

        _leaving.Clear();
        foreach (var room in _rooms.Values)
        {
            room.OnTimeout(_output, now);
            Tell(room, now);
        }

        ForgetEmptyRooms();
    }

    public void Dispose()
    {
        foreach (var peer in _peers.All) peer.Dispose();
    }

    private void OnMedia(Span<byte> datagram, in TransportAddress source, TimeSpan now)
    {
        if (_peers.FindAddress(source) is not { Peer: { Secure: { } secure } peer } held)
        {
            Counters.UnknownSource++;
            return;
        }

        if (RtcpReader.LooksLikeRtcp(datagram))
        {
            if (!Accept(secure.UnprotectRtcp(datagram, datagram.Length, out var length))) return;
            peer.Received.Add(datagram.Length);
            OnAuthenticMedia(peer, held, source, now);
            OnRtcp(peer, datagram[..length], now);
        }
        else if (Accept(secure.UnprotectRtp(datagram, datagram.Length, out var length)))
        {
            peer.Received.Add(datagram.Length);
            OnAuthenticMedia(peer, held, source, now);
            OnRtp(peer, datagram[..length], now);
        }
    }

    private bool Accept(SrtpError error)
    {
        switch (error)
        {
            case SrtpError.None:
                return true;
            case SrtpError.AuthenticationFailed:
                Counters.AuthenticationFailures++;
                break;
            case SrtpError.Replayed:
                Counters.Replays++;
                break;
            case SrtpError.TooManySources:
                Counters.TooManySources++;
                break;
            case SrtpError.NotReady:
                Counters.UnknownSource++;
                break;
            default:
                Counters.Malformed++;
                break;
        }

        return false;
    }

    private void Tell(Room room, TimeSpan now)
    {
        if (room.TryTakeChange(now, out var change)) _changes.Post(change);
    }
}

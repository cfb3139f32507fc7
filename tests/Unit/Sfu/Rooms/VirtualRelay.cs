using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Rooms;
using AV1Relay.Sfu.Shards;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Rooms;

/// <summary>A shard and its peers in memory and virtual time: real ICE, DTLS and SRTP, no sockets, no waiting.</summary>
internal sealed class VirtualRelay : IDatagramOutput, IRoomChangeSink, IDisposable
{
    public static readonly DtlsContext ServerDtls = DtlsContext.Create();
    public static readonly DtlsContext ClientDtls = DtlsContext.Create();
    /// <summary>For measurements of the shard alone.</summary>
    public bool DiscardsOutput { get; set; }

    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly TransportAddress Address = TransportAddress.FromIPv4(0x0A00_0001, 20_000);

    private readonly byte[] _next = new byte[2_048];
    private readonly Queue<(byte[] Datagram, TransportAddress Remote)> _sent = new();
    private readonly List<VirtualPeer> _peers = [];
    private ushort _nextPort = 50_000;

    public VirtualRelay(SfuOptions? options = null, SessionQuota? quota = null, IHandshakeRunner? handshakes = null)
    {
        options ??= new SfuOptions();
        Core = new ShardCore(
            new ShardSettings(
                options, ServerDtls.Fingerprint, [IceCandidate.Host(Address)],
                () => new DtlsSession(ServerDtls, DtlsRole.Server, options.HandshakeLimits), quota ?? new SessionQuota(options.MaxSessions, 0)),
            this, this, handshakes);
    }

    public ShardCore Core { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>All that the shard sent, whether anybody is there or not; to be cleared before what is to be looked at.</summary>
    public List<(byte[] Datagram, TransportAddress Remote)> SentTo { get; } = [];

    public List<RoomChange> Changes { get; } = [];

    public RoomSnapshot Room => Changes[^1].Snapshot;

    /// <summary>False keeps observers waiting for their announcement until <see cref="Announce"/>.</summary>
    public bool AnnouncesAtOnce { get; set; } = true;

    public JoinOutcome Join(
        PeerRole role, string offer, string identity = "one", MediaRights rights = MediaRights.All, string session = "a", TimeSpan? ttl = null,
        MediaRights? sessionRights = null)
        => Core.Join(
            new JoinRequest(session, role, identity, rights, offer, role == PeerRole.Observer ? identity : null, Start + Now + (ttl ?? TimeSpan.FromHours(1)), sessionRights),
            ParsedSdp.Offer(offer), Now, Start + Now);

    /// <summary>Joins with a peer of this project's own and connects it.</summary>
    public VirtualPeer Connect(
        PeerRole role, IReadOnlyList<OfferedMedia> media, string identity = "one", MediaRights rights = MediaRights.All,
        string session = "a", TimeSpan? ttl = null, MediaRights? sessionRights = null)
    {
        var peer = NewPeer(media);
        var joined = Assert.IsType<JoinOutcome.Joined>(Join(role, peer.Offer, identity, rights, session, ttl, sessionRights));
        peer.Apply(joined, Now);
        Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(PeerState.Connected, peer.State);
        return peer;
    }

    public VirtualPeer NewPeer(IReadOnlyList<OfferedMedia> media)
    {
        var peer = new VirtualPeer(TransportAddress.FromIPv4(0x0A00_0002, _nextPort++), media);
        _peers.Add(peer);
        return peer;
    }

    public void Announce()
    {
        foreach (var change in Changes) Core.OnAnnounced(change.Announced, Now);
        Pump();
    }

    public void Send(VirtualPeer peer, byte[] datagram)
    {
        Core.OnDatagram(datagram, peer.Address, Now);
        Pump();
    }

    /// <summary>Lets time pass in steps of a tick; everybody does what is due.</summary>
    public void Advance(TimeSpan by)
    {
        for (var end = Now + by; Now < end;)
        {
            Now += TimeSpan.FromMilliseconds(20);
            Core.OnTimeout(Now);
            foreach (var peer in _peers)
            {
                if (peer.IsOnline) peer.OnTimeout(Now);
            }

            Pump();
        }
    }

    public void Pump()
    {
        var buffer = new byte[2_048];
        for (var hasMoved = true; hasMoved;)
        {
            hasMoved = false;
            foreach (var peer in _peers)
            {
                while (peer.TryTakeDatagram(buffer, out var length))
                {
                    if (!peer.IsOnline) continue;
                    hasMoved = true;
                    Core.OnDatagram(buffer.AsSpan(0, length), peer.Address, Now);
                }
            }

            while (_sent.TryDequeue(out var sent))
            {
                hasMoved = true;
                var peer = _peers.Find(candidate => candidate.Address == sent.Remote);
                if (peer is { IsOnline: true }) peer.OnDatagram(sent.Datagram, Address, Now);
            }
        }
    }

    public void Dispose()
    {
        Core.Dispose();
        foreach (var peer in _peers) peer.Dispose();
    }

    Span<byte> IDatagramOutput.Next() => _next;

    void IDatagramOutput.Commit(int length, in TransportAddress remote, bool isForwarded)
    {
        if (DiscardsOutput) return;
        _sent.Enqueue((_next[..length], remote));
        SentTo.Add((_next[..length], remote));
    }

    void IRoomChangeSink.Post(RoomChange change)
    {
        Changes.Add(change);
        if (AnnouncesAtOnce) Core.OnAnnounced(change.Announced, Now);
    }
}

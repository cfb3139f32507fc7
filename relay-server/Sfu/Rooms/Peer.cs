using System.Diagnostics.CodeAnalysis;
using System.Text;
using AV1Relay.Sfu.Forwarding;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Sfu.Shards;
using AV1Relay.Sfu.Statistics;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Sfu.Rooms;

/// <summary>One connection: its path, its keys, and its streams both ways. Owned by its shard's thread.</summary>
internal sealed class Peer : IDisposable
{
    /// <summary>RFC 7675 §5.1: without a check for this long the peer no longer wants our traffic.</summary>
    private static readonly TimeSpan ConsentTimeout = TimeSpan.FromSeconds(30);

    private const int HandshakesAtOnce = 5;
    private const int HandshakesPerSecond = 1;
    private const int StrangersFactor = 5; // several sources may check for one peer at once: its own addresses

    /// <summary>Counted in place; read by statistics alone.</summary>
    public TrafficCount Sent;
    public TrafficCount Received;

    private const int MaxFeedbackBytes = 1_200;
    private const int FeedbacksAtOnce = 50;
    private const int FeedbacksPerSecond = 100; // browsers send 4 to 20
    private const int LeastPictureBps = 50_000;
    private const double WorthTelling = 0.03;
    private static readonly TimeSpan BoundRepeatedAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BoundChangesAfter = TimeSpan.FromMilliseconds(100);

    private readonly ShardCounters _counters;
    private readonly ArrivalReports? _arrivals; // null for whoever publishes no picture, or without transport-wide numbers
    private readonly uint _reporterSsrc = OfferNegotiator.NewSsrc();
    private byte _fullIntraSequence;
    private int _toldBoundBps;
    private TimeSpan? _toldBoundAt;
    private TokenBucket _feedbacks = new(FeedbacksAtOnce, FeedbacksPerSecond);
    private TransportAddress? _mediaPath;
    private bool _hasHandshakePath;

    public Peer(
        string resourceId,
        Room room,
        JoinRequest request,
        AcceptedOffer offer,
        LocalTransport local,
        ulong fencingNumber,
        TimeSpan now,
        TimeSpan notAfter,
        SfuOptions options,
        ShardCounters counters,
        Func<long> newTimeline)
    {
        _counters = counters;
        ResourceId = resourceId;
        Room = room;
        Role = request.Role;
        Identity = request.Identity;
        DisplayName = request.DisplayName;
        Rights = request.Rights;
        Offer = offer;
        FencingNumber = fencingNumber;
        LimitsKey = fencingNumber + 1; // 0 is nobody's
        StrangersChecks = new TokenBucket(StrangersFactor * options.ChecksPerSecondPerSource, StrangersFactor * options.ChecksPerSecondPerSource);
        NotAfter = notAfter;
        LastHeardAt = now;
        CanonicalName = Encoding.ASCII.GetBytes(local.CanonicalName);
        Ice = new IceLiteAgent(local.Ice);
        SetRemoteIce(offer.RemoteIce);
        IsAnnounced = Role != PeerRole.Observer;
        Uplinks = [.. offer.Media.Where(media => media.Uplink is not null)
            .Select(media => new UplinkStream(this, media, media.Uplink!.Value, options, newTimeline))]; // not null: just asked
        if (Uplinks.Any(uplink => uplink.Media.TransportSequenceExtension != 0)) _arrivals = new ArrivalReports();
        Downlinks = [.. offer.Media.Where(media => media.Downlink is not null)
            .Select(media => new DownlinkStream(this, media, media.Downlink!.Value, options, counters))]; // not null: just asked
        if (!offer.Media.Any(media => media is { Downlink: not null, TransportSequenceExtension: not 0 })) return;
        var most = options.PublisherBitrateBps;
        Downlink = new BandwidthEstimator(new BandwidthLimits(LeastPictureBps, most, most), (ushort)Math.Max(0, options.FirstSequenceNumber));
    }

    public string ResourceId { get; }

    public Room Room { get; }

    public PeerRole Role { get; }

    public string Identity { get; }

    public string? DisplayName { get; }

    public MediaRights Rights { get; }

    public AcceptedOffer Offer { get; }

    public ulong FencingNumber { get; }

    public IceLiteAgent Ice { get; }

    /// <summary>The peer's own credentials: a PATCH with the same ones is no restart.</summary>
    public IceCredentials RemoteIce { get; private set; }

    /// <summary>With which checks to the peer are signed.</summary>
    public byte[] RemotePassword { get; private set; }

    /// <summary>USERNAME of checks to the peer.</summary>
    public byte[] ReturnUsername { get; private set; }

    /// <summary>Tells this peer from others in <see cref="SourceLimits"/>.</summary>
    public ulong LimitsKey { get; }

    /// <summary>Checks in this peer's name from addresses that have proved nothing.</summary>
    public TokenBucket StrangersChecks;

    /// <summary>Attempts at a handshake.</summary>
    public TokenBucket Handshakes = new(HandshakesAtOnce, HandshakesPerSecond);

    public string ETag { get; set; } = "";

    /// <summary>End of the grant's window, in the shard's monotonic time.</summary>
    public TimeSpan NotAfter { get; }

    /// <summary>The last authentic packet of any kind; before the first, when the peer joined.</summary>
    public TimeSpan LastHeardAt { get; set; }

    public byte[] CanonicalName { get; }

    public string CanonicalNameText => Encoding.ASCII.GetString(CanonicalName);

    public UplinkStream[] Uplinks { get; }

    public DownlinkStream[] Downlinks { get; }

    /// <summary>How much of a picture the peer's own way carries; null for whoever takes none, or doesn't tell when its packets come.</summary>
    public BandwidthEstimator? Downlink { get; }

    /// <summary>Authenticated; null before the handshake is done and after its end.</summary>
    public SecureTransport? Secure { get; set; }

    /// <summary>Under way; null before the first valid check, between two attempts and once connected.</summary>
    public Handshake? Handshake { get; set; }

    /// <summary>Where the peer would have its media: on the path that it nominated, or where its own authentic media comes from since.</summary>
    /// <remarks>
    /// A router that gives a peer another address tells nobody, and not every peer nominates again. Media from an address with an authenticated
    /// check shows both that the peer is there and that it uses this path.
    /// </remarks>
    public TransportAddress? WantedPath => _mediaPath ?? Ice.Selected;

    /// <summary>The latest wanted path whose address answered: media goes nowhere else (docs/decisions/0014-a-path-answers-before-media.md).</summary>
    public TransportAddress? ProvedPath { get; set; }

    /// <summary>Where to send.</summary>
    public TransportAddress? Path => IsConnected ? ProvedPath : WantedPath;

    /// <summary>Where all of our part of the handshake went; null when that was no single address.</summary>
    public TransportAddress? HandshakePath { get; private set; }

    public bool IsConnected => Secure is { IsAuthenticated: true };

    /// <summary>The peer said goodbye: it keeps its place only until somebody else asks for it.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Listed in a snapshot that has been raised. Robot and pupil need none.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>The shard's table entries that lead here.</summary>
    public List<TransportAddress> Addresses { get; } = [];

    public List<ulong> Fragments { get; } = [];

    public bool MayReceive(TimeSpan now) => IsConnected && IsAnnounced && HasConsent(now);

    public bool HasConsent(TimeSpan now) => Ice.LastCheckAt is { } checkedAt && now - checkedAt < ConsentTimeout;

    public void OnNominated() => _mediaPath = null;

    /// <summary>Authentic media came from there, which is not where media goes.</summary>
    /// <returns>Whether the peer may have its media there: an authenticated check has come from there too.</returns>
    public bool OnMediaFrom(in TransportAddress source)
    {
        if (!Ice.IsValidated(source)) return false;
        if (source != WantedPath) _mediaPath = source;
        return true;
    }

    /// <summary>A part of the handshake went there.</summary>
    public void NoteHandshakePath(TransportAddress path)
    {
        if (!_hasHandshakePath) HandshakePath = path;
        else if (HandshakePath != path) HandshakePath = null;
        _hasHandshakePath = true;
    }

    /// <summary>The address has become somebody else's, or one too many.</summary>
    public void Forget(TransportAddress address)
    {
        Addresses.Remove(address);
        if (ProvedPath == address) ProvedPath = null;
        if (_mediaPath == address) _mediaPath = null;
    }

    public void BeginHandshake(Handshake handshake)
    {
        Handshake = handshake;
        HandshakePath = null;
        _hasHandshakePath = false;
    }

    /// <summary>Takes the peer's credentials; to be called when ours change too.</summary>
    [MemberNotNull(nameof(RemoteIce), nameof(RemotePassword), nameof(ReturnUsername))]
    public void SetRemoteIce(IceCredentials credentials)
    {
        RemoteIce = credentials;
        RemotePassword = Encoding.ASCII.GetBytes(credentials.Password);
        ReturnUsername = Encoding.ASCII.GetBytes($"{credentials.UsernameFragment}:{Ice.Local.UsernameFragment}");
    }

    public int ProtectRtp(Span<byte> buffer, int length) => length < 0 || Secure is null ? -1 : Secure.ProtectRtp(buffer, length);

    /// <summary>Takes what the peer tells of its way, as often as a browser may: a report of few bytes about many packets costs more to read than to send.</summary>
    public void OnTransportFeedback(in RtcpPacket packet, TimeSpan now)
    {
        if (Downlink is { } way && _feedbacks.TryTake(now) && TransportFeedback.TryParse(packet, out var feedback)) way.OnFeedback(feedback, now);
    }

    /// <summary>Queues a protected packet for the path in use.</summary>
    public void Commit(IDatagramOutput output, int length, bool isForwarded = false)
    {
        if (Path is { } path) CommitTo(path, output, length, isForwarded);
    }

    /// <summary>Queues a packet for a path of the caller's choice.</summary>
    public void CommitTo(in TransportAddress path, IDatagramOutput output, int length, bool isForwarded = false)
    {
        _counters.PacketsOut++;
        _counters.BytesOut += length;
        Sent.Add(length);
        output.Commit(length, path, isForwarded);
    }

    public bool SendRtcp(IDatagramOutput output, Span<byte> buffer, int length)
    {
        if (Secure is null || length <= 0) return false;
        length = Secure.ProtectRtcp(buffer, length);
        if (length < 0) return false;
        Commit(output, length);
        return true;
    }

    /// <summary>Finds the stream that an authentic packet belongs to: by SSRC, else by mid, else by payload type (RFC 9143 §9.2).</summary>
    public UplinkStream? FindUplink(in RtpPacket packet, out NegotiatedCodec? codec, out bool isRtx)
    {
        foreach (var uplink in Uplinks)
        {
            if (uplink.Ssrc != packet.Ssrc && uplink.RtxSsrc != packet.Ssrc) continue;
            codec = uplink.FindCodec(packet.PayloadType, out isRtx);
            if (codec is null || isRtx == (uplink.RtxSsrc == packet.Ssrc)) return codec is null ? null : uplink;
            return null; // RTX under the media's SSRC or the other way round
        }

        foreach (var uplink in Uplinks)
        {
            var id = uplink.Media.MidExtension;
            if (id == 0 || !packet.TryGetExtension(id, out var mid)) continue;
            if (!RtpExtensions.MidEquals(mid, uplink.Media.Mid)) continue;
            return Bind(uplink, packet, out codec, out isRtx);
        }

        foreach (var uplink in Uplinks)
        {
            // A source that the offer announced is known by its SSRC alone.
            if (uplink.Media.RemoteSsrc is not null && uplink.FindCodec(packet.PayloadType, out var isRepair) is not null && !isRepair) continue;
            if (uplink.FindCodec(packet.PayloadType, out _) is not null) return Bind(uplink, packet, out codec, out isRtx);
        }

        (codec, isRtx) = (null, false);
        return null;
    }

    /// <summary>The uplink with this media SSRC; null when there is none.</summary>
    public UplinkStream? FindUplink(uint ssrc)
    {
        foreach (var uplink in Uplinks)
        {
            if (uplink.Ssrc == ssrc) return uplink;
        }

        return null;
    }

    public DownlinkStream? FindDownlink(uint ssrc)
    {
        foreach (var downlink in Downlinks)
        {
            if (downlink.Ssrc == ssrc) return downlink;
        }

        return null;
    }

    /// <summary>Asks the publisher for a keyframe.</summary>
    public void SendPictureLoss(UplinkStream uplink, IDatagramOutput output)
    {
        if (uplink.Ssrc is not { } ssrc) return;
        var buffer = output.Next();
        var length = BeginFeedback(uplink, buffer);
        var feedback = uplink.Media.Codecs[0].Answer.RtcpFeedback;
        var asksByPli = feedback.Contains("nack pli") || !feedback.Contains("ccm fir");
        length += asksByPli
            ? RtcpWriter.WritePli(buffer[length..], _reporterSsrc, ssrc)
            : RtcpWriter.WriteFir(buffer[length..], _reporterSsrc, ssrc, _fullIntraSequence++);
        if (!SendRtcp(output, buffer, length)) return;
        _counters.KeyframeRequestsSent++;
        if (asksByPli) uplink.Counts.Plis++;
        else uplink.Counts.Firs++;
    }

    /// <summary>Asks the publisher for what did not arrive.</summary>
    public void SendDueNacks(UplinkStream uplink, IDatagramOutput output, TimeSpan now)
    {
        if (uplink.Nacks is not { } nacks || uplink.Ssrc is not { } ssrc) return;
        if (nacks.NextTimeout is not { } due || due > now) return;
        Span<ushort> lost = stackalloc ushort[64];
        var count = nacks.TakeDue(lost, now);
        if (count == 0) return;
        var buffer = output.Next();
        var length = BeginFeedback(uplink, buffer);
        length += RtcpWriter.WriteNack(buffer[length..], _reporterSsrc, ssrc, lost[..count]);
        if (!SendRtcp(output, buffer, length)) return;
        _counters.NacksSent += count;
        uplink.Counts.Nacks++;
    }

    /// <summary>Notes when a publisher's packet came, where it bears a transport-wide number.</summary>
    public void NoteArrival(UplinkStream uplink, in RtpPacket packet, TimeSpan now)
    {
        var id = uplink.Media.TransportSequenceExtension;
        if (id == 0 || _arrivals is null || !packet.TryGetExtension(id, out var value)) return;
        if (RtpExtensions.TryReadTransportSequenceNumber(value, out var number)) _arrivals.OnPacket(number, now);
    }

    /// <summary>Tells the publisher when its packets came, by which it finds out how much its way here carries
    /// (draft-holmer-rmcat-transport-wide-cc-extensions-01).</summary>
    public void SendDueArrivals(UplinkStream uplink, IDatagramOutput output, TimeSpan now)
    {
        if (_arrivals is null || uplink.Media.TransportSequenceExtension == 0 || uplink.Ssrc is not { } ssrc) return;
        while (_arrivals.IsDue(now))
        {
            var buffer = output.Next();
            var length = BeginFeedback(uplink, buffer);
            length += _arrivals.WriteDue(buffer[length..MaxFeedbackBytes], _reporterSsrc, ssrc, now);
            if (!SendRtcp(output, buffer, length)) return;
            _counters.TransportFeedbackSent++;
        }
    }

    /// <summary>Tells the publisher how much picture is of use (draft-alvestrand-rmcat-remb): each second, and soon when that has changed.</summary>
    public void SendDueBound(UplinkStream uplink, int bps, IDatagramOutput output, TimeSpan now)
    {
        if (!uplink.Media.Codecs[0].TakesRemb || uplink.LastPacketAt is null || uplink.Ssrc is not { } ssrc) return;
        var isNews = Math.Abs(bps - _toldBoundBps) > WorthTelling * _toldBoundBps;
        if (now - _toldBoundAt < (isNews ? BoundChangesAfter : BoundRepeatedAfter)) return;
        var buffer = output.Next();
        var length = BeginFeedback(uplink, buffer);
        length += RtcpWriter.WriteRemb(buffer[length..], _reporterSsrc, bps, ssrc);
        if (SendRtcp(output, buffer, length)) (_toldBoundBps, _toldBoundAt) = (bps, now);
    }

    /// <summary>Tells the publisher how its streams arrive, once a stream's report is due.</summary>
    public void SendDueReports(IDatagramOutput output, TimeSpan now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[2]; // a peer publishes one picture and one sound at most
        var count = 0;
        foreach (var uplink in Uplinks)
        {
            if (count == blocks.Length || !uplink.TryTakeReport(now, out blocks[count])) continue;
            count++;
        }

        if (count == 0) return;
        var buffer = output.Next();
        var length = RtcpWriter.WriteReceiverReport(buffer, _reporterSsrc, blocks[..count]);
        length += RtcpWriter.WriteSdesCname(buffer[length..], _reporterSsrc, CanonicalName);
        SendRtcp(output, buffer, length);
    }

    public void Dispose()
    {
        Handshake?.Transport.Dispose();
        Handshake = null;
        Secure?.Dispose();
        Secure = null;
        foreach (var uplink in Uplinks) uplink.Dispose();
    }

    private static UplinkStream? Bind(UplinkStream uplink, in RtpPacket packet, out NegotiatedCodec? codec, out bool isRtx)
    {
        codec = uplink.FindCodec(packet.PayloadType, out isRtx);
        if (codec is null) return null;
        uplink.Bind(packet.Ssrc, isRtx);
        return uplink;
    }

    /// <summary>Feedback stands alone where reduced-size RTCP was agreed, else behind an empty report (RFC 3550 §6.1, RFC 5506).</summary>
    private int BeginFeedback(UplinkStream uplink, Span<byte> buffer)
    {
        if (uplink.Media.HasReducedSizeRtcp) return 0;
        var length = RtcpWriter.WriteReceiverReport(buffer, _reporterSsrc);
        return length + RtcpWriter.WriteSdesCname(buffer[length..], _reporterSsrc, CanonicalName);
    }
}

using AV1Relay.WebRtc;
using AV1Relay.WebRtc.CongestionControl;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Benchmarks.Load;

/// <summary>An end that made the offer: robot or pupil, as they connect in a lesson.</summary>
internal sealed class OfferingEnd : LoadEnd
{
    public const uint VideoSsrc = 11;
    public const uint AudioSsrc = 13;

    private static readonly DtlsContext Dtls = DtlsContext.Create();
    private static readonly RtpExtensionMap[] Extensions =
        [new(3, RtpExtensionUris.Mid), new(4, RtpExtensionUris.TransportWideCc), new(5, RtpExtensionUris.PlayoutDelay)];

    private readonly OfferingPeer _peer;
    private LoadStream? _video; // null before the answer is looked up
    private LoadStream? _audio;
    private readonly TransportAddress _local;
    private readonly ArrivalReports _arrivals = new();

    public OfferingEnd(TransportAddress local, IReadOnlyList<OfferedMedia> media)
    {
        _local = local;
        _peer = new OfferingPeer(Dtls, [IceCandidate.Host(local)], media, this);
    }

    public override bool IsReady => _peer.State == PeerState.Connected;

    public PeerState State => _peer.State;

    public override TransportAddress? Remote => _peer.Selected?.Remote;

    public override TimeSpan? NextTimeout => _peer.NextTimeout;

    public override LoadStream Video => _video ??= StreamOf("v", VideoSsrc);

    public override LoadStream Audio => _audio ??= StreamOf("a", AudioSsrc);

    public static IReadOnlyList<OfferedMedia> PublishedMedia { get; } =
    [
        new("video", "v", MediaDirection.SendOnly, [OfferedCodecs.H264()]) { Ssrc = VideoSsrc, RtxSsrc = 12, Msid = new("camera"), Extensions = Extensions },
        new("audio", "a", MediaDirection.SendOnly, [OfferedCodecs.Opus()]) { Ssrc = AudioSsrc, Msid = new("microphone"), Extensions = [Extensions[0]] },
    ];

    public static IReadOnlyList<OfferedMedia> SubscribedMedia { get; } =
    [
        new("video", "v", MediaDirection.RecvOnly, [OfferedCodecs.H264()]) { Rtx = true, Extensions = Extensions },
        new("audio", "a", MediaDirection.RecvOnly, [OfferedCodecs.Opus()]) { Extensions = [Extensions[0]] },
    ];

    public string Offer => _peer.CreateOffer();

    /// <exception cref="InvalidOperationException">The answer can't be used.</exception>
    public void Apply(string answer, TimeSpan now)
    {
        if (!_peer.TryApplyAnswer(answer, now, out var error)) throw new InvalidOperationException($"The relay's answer can't be used: {error}\n{answer}");
    }

    public override void OnTimeout(TimeSpan now) => _peer.OnTimeout(now);

    public override void OnDatagram(Span<byte> datagram, in TransportAddress remote, TimeSpan now) => _peer.OnDatagram(datagram, _local, remote, now);

    public override bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress remote)
        => _peer.TryTakeDatagram(destination, out length, out _, out remote);

    public override int ProtectRtp(Span<byte> buffer, int length) => _peer.ProtectRtp(buffer, length);

    public override int ProtectRtcp(Span<byte> buffer, int length) => _peer.ProtectRtcp(buffer, length);

    public override void OnRtp(in RtpPacket packet, TimeSpan now)
    {
        var id = Video.NumbersExtension;
        if (id != 0 && packet.TryGetExtension(id, out var value) && RtpExtensions.TryReadTransportSequenceNumber(value, out var number)) _arrivals.OnPacket(number, now);
        base.OnRtp(packet, now);
    }

    public override int WriteDueReport(Span<byte> buffer, TimeSpan now)
    {
        var length = _arrivals.WriteDue(buffer[..1_200], VideoSsrc, VideoSsrc, now);
        return length > 0 ? Math.Max(0, _peer.ProtectRtcp(buffer, length)) : 0;
    }

    public override void Dispose() => _peer.Dispose();

    private LoadStream StreamOf(string mid, uint ssrc)
    {
        var media = _peer.Media.First(section => section.Mid == mid);
        var payloadType = media.Codec?.PayloadType ?? throw new InvalidOperationException($"The relay rejected the section '{mid}'.");
        return new LoadStream(ssrc, (byte)payloadType, (byte)(media.ExtensionId(RtpExtensionUris.Mid) ?? 0), (byte)(media.ExtensionId(RtpExtensionUris.TransportWideCc) ?? 0));
    }
}

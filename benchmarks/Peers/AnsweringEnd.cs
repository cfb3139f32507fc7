using AV1Relay.Benchmarks.Load;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;

namespace AV1Relay.Benchmarks.Peers;

/// <summary>An end that was offered a call, as Janus does to subscribers.</summary>
internal sealed class AnsweringEnd : LoadEnd
{
    private static readonly DtlsContext Dtls = DtlsContext.Create();

    private static readonly AnsweredMedia[] Wishes =
    [
        new("video", MediaDirection.RecvOnly, [OfferedCodecs.H264()]) { Rtx = true, ExtensionUris = [RtpExtensionUris.Mid] },
        new("audio", MediaDirection.RecvOnly, [OfferedCodecs.Opus()]) { ExtensionUris = [RtpExtensionUris.Mid] },
    ];

    // Once libnice has a path it sends indications, which prove nothing, instead of checks: consent would end with the first half minute.
    private static readonly AnsweringPeerOptions Options = new() { ConsentTimeout = TimeSpan.FromDays(1) };

    private readonly AnsweringPeer _peer;
    private readonly TransportAddress _local;

    public AnsweringEnd(TransportAddress local)
    {
        _local = local;
        _peer = new AnsweringPeer(Dtls, [IceCandidate.Host(local)], Wishes, this, Options);
    }

    public override bool IsReady => _peer.State == PeerState.Connected;

    public override TransportAddress? Remote => _peer.Selected?.Remote;

    public override TimeSpan? NextTimeout => _peer.NextTimeout;

    // It sends no media.
    public override LoadStream Video => default;

    public override LoadStream Audio => default;

    /// <exception cref="InvalidOperationException">The offer can't be used, or has not both picture and sound.</exception>
    public string Answer(string offer, TimeSpan now)
    {
        if (!_peer.TryCreateAnswer(offer, now, out var answer, out var error)) throw new InvalidOperationException($"The offer can't be used: {error}\n{offer}");
        return _peer.Media.Count(media => media.CanReceive) == Wishes.Length
            ? answer
            : throw new InvalidOperationException($"The offer has not both picture and sound.\n{offer}");
    }

    public override void OnTimeout(TimeSpan now) => _peer.OnTimeout(now);

    public override void OnDatagram(Span<byte> datagram, in TransportAddress remote, TimeSpan now) => _peer.OnDatagram(datagram, _local, remote, now);

    public override bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress remote)
        => _peer.TryTakeDatagram(destination, out length, out _, out remote);

    public override int ProtectRtp(Span<byte> buffer, int length) => _peer.ProtectRtp(buffer, length);

    public override int ProtectRtcp(Span<byte> buffer, int length) => _peer.ProtectRtcp(buffer, length);

    public override void Dispose() => _peer.Dispose();
}

using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

/// <summary>A peer on the virtual network, its media queued behind what ICE and DTLS send.</summary>
internal abstract class PeerHost : IVirtualHost
{
    private delegate int Protection(Span<byte> buffer, int length);

    private readonly Queue<byte[]> _media = new();

    public abstract TimeSpan? NextTimeout { get; }

    protected abstract CandidatePair? Selected { get; }

    public abstract void OnTimeout(TimeSpan now);

    public abstract void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now);

    public bool SendRtp(byte[] packet) => Send(packet, ProtectRtp);

    public bool SendRtcp(byte[] packet) => Send(packet, ProtectRtcp);

    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        if (TryTakeOther(destination, out length, out local, out remote)) return true;
        if (Selected is not { } path || !_media.TryDequeue(out var media)) return false;
        media.CopyTo(destination);
        (length, local, remote) = (media.Length, path.Local, path.Remote);
        return true;
    }

    protected abstract int ProtectRtp(Span<byte> buffer, int length);

    protected abstract int ProtectRtcp(Span<byte> buffer, int length);

    protected abstract bool TryTakeOther(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote);

    private bool Send(byte[] packet, Protection protect)
    {
        var buffer = new byte[packet.Length + 64];
        packet.CopyTo(buffer, 0);
        var length = protect(buffer, packet.Length);
        if (length > 0) _media.Enqueue(buffer[..length]);
        return length > 0;
    }
}

internal sealed class OfferingPeerHost(OfferingPeer peer) : PeerHost
{
    public override TimeSpan? NextTimeout => peer.NextTimeout;

    protected override CandidatePair? Selected => peer.Selected;

    public override void OnTimeout(TimeSpan now) => peer.OnTimeout(now);

    public override void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
        => peer.OnDatagram((byte[])datagram.Clone(), local, remote, now);

    protected override int ProtectRtp(Span<byte> buffer, int length) => peer.ProtectRtp(buffer, length);

    protected override int ProtectRtcp(Span<byte> buffer, int length) => peer.ProtectRtcp(buffer, length);

    protected override bool TryTakeOther(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
        => peer.TryTakeDatagram(destination, out length, out local, out remote);
}

internal sealed class AnsweringPeerHost(AnsweringPeer peer) : PeerHost
{
    public override TimeSpan? NextTimeout => peer.NextTimeout;

    protected override CandidatePair? Selected => peer.Selected;

    public override void OnTimeout(TimeSpan now) => peer.OnTimeout(now);

    public override void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
        => peer.OnDatagram((byte[])datagram.Clone(), local, remote, now);

    protected override int ProtectRtp(Span<byte> buffer, int length) => peer.ProtectRtp(buffer, length);

    protected override int ProtectRtcp(Span<byte> buffer, int length) => peer.ProtectRtcp(buffer, length);

    protected override bool TryTakeOther(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
        => peer.TryTakeDatagram(destination, out length, out local, out remote);
}

internal sealed class RecordingSink : IPeerMediaSink
{
    public List<(RtpHeader Header, byte[] Payload)> Rtp { get; } = [];

    public int RtcpPackets { get; private set; }

    public void OnRtp(in RtpPacket packet, TimeSpan now) => Rtp.Add((packet.Header, packet.Payload.ToArray()));

    public void OnRtcp(RtcpReader reader, TimeSpan now)
    {
        while (reader.TryNext(out _)) RtcpPackets++;
    }
}

internal sealed class CountingSink : IPeerMediaSink
{
    public int Packets { get; private set; }

    public void OnRtp(in RtpPacket packet, TimeSpan now) => Packets++;

    public void OnRtcp(RtcpReader reader, TimeSpan now)
    {
    }
}

using AV1Relay.Tests.Unit.WebRtc.Ice;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

/// <summary>An OfferingPeer on the virtual network.</summary>
internal sealed class OfferingPeerHost(OfferingPeer peer) : IVirtualHost
{
    private readonly Queue<byte[]> _media = new();

    public TimeSpan? NextTimeout => peer.NextTimeout;

    public void OnTimeout(TimeSpan now) => peer.OnTimeout(now);

    public void OnDatagram(byte[] datagram, TransportAddress local, TransportAddress remote, TimeSpan now)
        => peer.OnDatagram((byte[])datagram.Clone(), local, remote, now);

    public bool SendRtp(byte[] packet)
    {
        var buffer = new byte[packet.Length + 64];
        packet.CopyTo(buffer, 0);
        var length = peer.ProtectRtp(buffer, packet.Length);
        if (length > 0) _media.Enqueue(buffer[..length]);
        return length > 0;
    }

    public bool SendRtcp(byte[] packet)
    {
        var buffer = new byte[packet.Length + 64];
        packet.CopyTo(buffer, 0);
        var length = peer.ProtectRtcp(buffer, packet.Length);
        if (length > 0) _media.Enqueue(buffer[..length]);
        return length > 0;
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress local, out TransportAddress remote)
    {
        if (peer.TryTakeDatagram(destination, out length, out local, out remote)) return true;
        if (peer.Selected is not { } path || !_media.TryDequeue(out var media)) return false;
        media.CopyTo(destination);
        (length, local, remote) = (media.Length, path.Local, path.Remote);
        return true;
    }
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

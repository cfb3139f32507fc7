using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.Benchmarks.Load;

/// <summary>An end whose keys and addresses are known beforehand: SRTP alone, no ICE, no DTLS.</summary>
internal sealed class StaticEnd(SrtpSender sender, SrtpReceiver receiver, Func<TransportAddress?> remote, LoadStream video, LoadStream audio) : LoadEnd
{
    private TransportAddress? _remote;

    public override bool IsReady => true;

    public override TransportAddress? Remote => _remote ??= remote();

    public override TimeSpan? NextTimeout => null;

    public override LoadStream Video => video;

    public override LoadStream Audio => audio;

    public override void OnTimeout(TimeSpan now)
    {
    }

    public override void OnDatagram(Span<byte> datagram, in TransportAddress remote, TimeSpan now)
    {
        if (RtcpReader.LooksLikeRtcp(datagram)) return;
        if (receiver.UnprotectRtp(datagram, datagram.Length, out var length) != SrtpError.None) return;
        if (RtpPacket.TryParse(datagram[..length], out var packet) == RtpParseError.None) OnRtp(packet, now);
    }

    public override bool TryTakeDatagram(Span<byte> destination, out int length, out TransportAddress remote)
    {
        (length, remote) = (0, default);
        return false;
    }

    public override int ProtectRtp(Span<byte> buffer, int length) => sender.ProtectRtp(buffer, length);

    public override int ProtectRtcp(Span<byte> buffer, int length) => -1; // nobody there reads reports

    public override void Dispose()
    {
        sender.Dispose();
        receiver.Dispose();
    }
}

using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using AV1Relay.WebRtc.Srtp;

namespace AV1Relay.WebRtc.Peer;

/// <summary>What lies behind ICE at either kind of peer: DTLS, SRTP, and the sink that media goes to.</summary>
/// <remarks>Its owner lets through only what comes from a path with an authenticated check.</remarks>
internal sealed class MediaTransport(SecureTransport secure, IPeerMediaSink sink) : IDisposable
{
    private bool _hasStarted;

    public bool IsAuthenticated => secure.IsAuthenticated;

    public bool HasFailed => secure.HasFailed;

    public bool IsClosed => secure.IsClosed;

    public string? Failure => secure.Failure;

    public TimeSpan? NextTimeout => secure.NextTimeout;

    /// <summary>DTLS begins on the first valid path; nomination may come later. Calls after the first do nothing.</summary>
    public void StartOnce(TimeSpan now)
    {
        if (_hasStarted) return;
        _hasStarted = true;
        secure.Start(now);
    }

    public void OnTimeout(TimeSpan now) => secure.OnTimeout(now);

    /// <summary>Takes a datagram by its first byte (RFC 7983 §7); media is decrypted in place and handed to the sink.</summary>
    /// <returns>False when it was nothing, or not authentic.</returns>
    public bool TryDeliver(Span<byte> datagram, TimeSpan now)
    {
        if (DtlsSession.LooksLikeDtls(datagram))
        {
            secure.OnDtlsDatagram(datagram, now);
            return true;
        }

        if (datagram[0] is < 128 or > 191) return false;
        if (RtcpReader.LooksLikeRtcp(datagram))
        {
            if (secure.UnprotectRtcp(datagram, datagram.Length, out var rtcpLength) != SrtpError.None) return false;
            sink.OnRtcp(new RtcpReader(datagram[..rtcpLength]), now);
            return true;
        }

        if (secure.UnprotectRtp(datagram, datagram.Length, out var length) != SrtpError.None) return false;
        if (RtpPacket.TryParse(datagram[..length], out var packet) != RtpParseError.None) return false;
        sink.OnRtp(packet, now);
        return true;
    }

    public bool TryTakeDatagram(Span<byte> destination, out int length) => secure.TryTakeDatagram(destination, out length);

    public int ProtectRtp(Span<byte> buffer, int length) => secure.ProtectRtp(buffer, length);

    public int ProtectRtcp(Span<byte> buffer, int length) => secure.ProtectRtcp(buffer, length);

    public void Close() => secure.Close();

    public void Dispose() => secure.Dispose();
}

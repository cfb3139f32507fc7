using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;

namespace AV1Relay.Tests.Fuzz;

/// <summary>Valid input to start mutating from.</summary>
internal static class Samples
{
    public const string Fragment = "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n"
        + "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0\r\na=end-of-candidates\r\n";

    public const string Offer = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1 2\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n"
        + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 39\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:4ZcD\r\na=ice-pwd:2/1muCWoOi3uLifh0NuRHlqz\r\n"
        + "a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08\r\na=setup:actpass\r\na=mid:0\r\n"
        + "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\na=recvonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\n"
        + "a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack pli\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=rtpmap:39 H264/90000\r\n"
        + "a=fmtp:39 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\na=ssrc-group:FID 1 2\r\na=ssrc:1 cname:x\r\na=ssrc:2 cname:x\r\n"
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:4ZcD\r\na=ice-pwd:2/1muCWoOi3uLifh0NuRHlqz\r\na=setup:actpass\r\na=mid:1\r\na=sendrecv\r\n"
        + "a=msid:- 0123\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=candidate:1 1 udp 2130706431 192.0.2.1 54321 typ host\r\n"
        + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";

    /// <summary>The first sample message of RFC 5769 §2.1: a binding request with credentials of its own.</summary>
    public static byte[] BindingRequest() => Convert.FromHexString(
        "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
        + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

    public static byte[] RtpWithExtensions()
    {
        var buffer = new byte[1_500];
        var writer = new RtpPacketWriter(buffer, new RtpHeader(96, Marker: true, 12_345, 67_890, 0xCAFE));
        writer.AddExtension(1, "0"u8);
        writer.AddExtension(2, [1, 2]);
        writer.AddExtension(3, [0, 0, 0]);
        var length = writer.Finish([0x7C, 0x85, 0x88, 0x84, 0x21, 0xA0, 0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0x68, 0x01]);
        return buffer[..length];
    }

    public static byte[] RtcpCompound()
    {
        var buffer = new byte[1_500];
        var length = RtcpWriter.WriteSenderReport(buffer, 1, new SenderInfo(new NtpTime(0x1234_5678_9ABC_DEF0), 90_000, 10, 1_000), [default]);
        length += RtcpWriter.WriteSdesCname(buffer.AsSpan(length), 1, "cname"u8);
        length += RtcpWriter.WriteNack(buffer.AsSpan(length), 1, 2, [5, 6, 9, 400]);
        length += RtcpWriter.WritePli(buffer.AsSpan(length), 1, 2);
        length += RtcpWriter.WriteFir(buffer.AsSpan(length), 1, 2, 3);
        length += RtcpWriter.WriteRemb(buffer.AsSpan(length), 1, 1_000_000, 2, 3);
        length += RtcpWriter.WriteBye(buffer.AsSpan(length), 1);
        return buffer[..length];
    }
}

using System.Text;

namespace AV1Relay.Tests.Fuzz.Targets;

internal static class SdpWords
{
    public static IReadOnlyList<byte[]> All { get; } = [.. new[]
    {
        "\r\n", "\n", "a=", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "m=audio 0 UDP/TLS/RTP/SAVPF 111\r\n", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
        "a=group:BUNDLE 0 0 1\r\n", "a=mid:0\r\n", "a=rtcp-mux\r\n", "a=setup:passive\r\n", "a=setup:active\r\n", "a=sendrecv\r\n", "a=recvonly\r\n", "a=inactive\r\n",
        "a=rtpmap:96 VP8/90000\r\n", "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n", "a=fmtp:97 apt=97\r\n", "a=rtcp-fb:* nack pli\r\n", "a=rtcp-fb:* x\r\n",
        "a=extmap:14 urn:ietf:params:rtp-hdrext:sdes:mid\r\n", "a=extmap:15 x\r\n", "a=extmap:0 x\r\n", "a=ssrc:1 cname:x\r\n", "a=ssrc-group:FID 1 2\r\n", "a=ssrc-group:FID 1 1\r\n",
        "a=ice-ufrag:abcd\r\n", "a=ice-pwd:0123456789012345678901\r\n", "a=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\n", "a=end-of-candidates\r\n",
        "a=fingerprint:sha-256 00\r\n", "a=msid:- -\r\n", "a=simulcast:send 1\r\n", "a=rid:1 send\r\n", "a=bundle-only\r\n", "\0", "\uFEFF", "\u2028", "é",
    }.Select(Encoding.UTF8.GetBytes)];
}

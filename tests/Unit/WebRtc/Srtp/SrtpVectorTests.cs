using AV1Relay.WebRtc.Srtp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Srtp;

/// <summary>Examples printed in RFC 3711 and RFC 7714, and whole packets as libsrtp protects them.</summary>
public sealed class SrtpVectorTests
{
    private const string MasterKey = "E1F97A0D3E018BE0D64FA32C06DE4139";
    private const string MasterSalt = "0EC675AD498AFEEBB6960B3AABE6";
    private const string GcmMasterKey = "000102030405060708090A0B0C0D0E0F";
    private const string GcmMasterSalt = "A0A1A2A3A4A5A6A7A8A9AAAB";
    private const string PlainRtp = "800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB";
    private const string PlainRtcp = "81C8000BCAFEBABEABABABABABABABABABABABABABABABAB";

    private const string SessionKey7714 = "000102030405060708090A0B0C0D0E0F";
    private const string SessionSalt7714 = "517569642070726F2071756F";
    private const string PlainRtp7714 =
        "8040F17B8041F8D35501A0B247616C6C696120657374206F6D6E69732064697669736120696E207061727465732074726573";

    private const string ProtectedRtp7714 =
        "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833899D7F27BEB16A9152CF765EE4390CCE";

    private const string PlainRtcp7714 =
        "81C8000D4D6172734E5450314E545032525450200000042A0000E9304C756E61DEADBEEFDEADBEEFDEADBEEFDEADBEEFDEADBEEF";

    private const string ProtectedRtcp7714 =
        "81C8000D4D61727363E94885DCDAB67CA727D7662F6B7E997FF5C0F76C06F32DC676A5F1730D6FDA4CE09B4686303DED0BB9275BC84AA45896CF4D2FC5ABF87245D9EADE800005D4";

    [Theory] // RFC 3711 B.3
    [InlineData(SrtpKeyDerivation.RtpEncryption, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(SrtpKeyDerivation.RtpSalt, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(
        SrtpKeyDerivation.RtpAuthentication,
        "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2")]
    public void Session_keys_are_derived_as_in_the_RFC(byte label, string expected)
    {
        var derived = new byte[expected.Length / 2];
        SrtpKeyDerivation.Derive(Convert.FromHexString(MasterKey), Convert.FromHexString(MasterSalt), label, derived);
        Assert.Equal(expected, Convert.ToHexString(derived));
    }

    [Fact] // RFC 3711 B.2
    public void The_key_stream_is_that_of_the_RFC_up_to_its_65_282nd_block()
    {
        using var cipher = new AesCounterContext(Convert.FromHexString("2B7E151628AED2A6ABF7158809CF4F3C"));
        var stream = new byte[0xFF02 * 16];

        Assert.True(cipher.Apply(Convert.FromHexString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), stream));

        Assert.Equal("E03EAD0935C95E80E166B16DD92B4EB4", Block(0));
        Assert.Equal("D23513162B02D0F72A43A2FE4A5F97AB", Block(1));
        Assert.Equal("41E95B3BB0A2E8DD477901E4FCA894C0", Block(2));
        Assert.Equal("EC8CDF7398607CB0F2D21675EA9EA1E4", Block(0xFEFF));
        Assert.Equal("362B7C3C6773516318A077D7FC5073AE", Block(0xFF00));
        Assert.Equal("6A2CC3787889374FBEB4C81B17BA6C44", Block(0xFF01));

        string Block(int number) => Convert.ToHexString(stream, number * 16, 16);
    }

    [Fact] // RFC 7714 §16.1.1
    public void An_RTP_packet_is_sealed_as_in_the_RFC()
    {
        using var transform = Transform7714(isForSending: true);
        var buffer = Buffer(PlainRtp7714, out var length);

        Assert.True(transform.SealRtp(buffer, 12, length, 0x5501A0B2, 0xF17B));

        Assert.Equal(ProtectedRtp7714, Convert.ToHexString(buffer, 0, length + 16));
    }

    [Fact] // RFC 7714 §16.1.2
    public void An_RTP_packet_is_opened_as_in_the_RFC()
    {
        using var transform = Transform7714(isForSending: false);
        var packet = Convert.FromHexString(ProtectedRtp7714);

        Assert.True(transform.OpenRtp(packet, 12, 0x5501A0B2, 0xF17B));

        Assert.Equal(PlainRtp7714, Convert.ToHexString(packet, 0, packet.Length - 16));
    }

    [Fact] // RFC 7714 §17.1
    public void An_RTCP_packet_is_sealed_as_in_the_RFC()
    {
        using var transform = Transform7714(isForSending: true);
        var buffer = Buffer(PlainRtcp7714, out var length);

        Assert.True(transform.SealRtcp(buffer, length, 0x4D617273, 0x5D4));

        Assert.Equal(ProtectedRtcp7714, Convert.ToHexString(buffer, 0, length + 20));
    }

    [Fact] // RFC 7714 §17.2
    public void An_RTCP_packet_is_opened_as_in_the_RFC()
    {
        using var transform = Transform7714(isForSending: false);
        var packet = Convert.FromHexString(ProtectedRtcp7714);

        Assert.Equal(0x800005D4u, transform.ReadRtcpTrailer(packet));
        Assert.True(transform.OpenRtcp(packet, 0x4D617273, 0x5D4));

        Assert.Equal(PlainRtcp7714, Convert.ToHexString(packet, 0, packet.Length - 20));
    }

    [Theory]
    [InlineData(SrtpProfile.Aes128CmHmacSha1_80, MasterKey, MasterSalt,
        "800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB",
        "81C8000BCAFEBABE7128035BE487B9BDBEF89041F977A5A880000001993E08CD54D6C1230798")]
    [InlineData(SrtpProfile.AeadAes128Gcm, GcmMasterKey, GcmMasterSalt,
        "800F1234DECAFBADCAFEBABEC5002EDE04CFDD2EB91159E0880AA06ED2976826F796B201DF3131A127E8A392",
        "81C8000BCAFEBABEC98B8B5DF0392A55852B6C21AC8E7025C52C6FBEA2B3B446EA31123BA88CE61E80000001")]
    public void Packets_come_out_as_another_implementation_writes_them(
        SrtpProfile profile, string key, string salt, string protectedRtp, string protectedRtcp)
    {
        using var sender = SrtpSender.Create(profile, Convert.FromHexString(key), Convert.FromHexString(salt));
        using var receiver = SrtpReceiver.Create(profile, Convert.FromHexString(key), Convert.FromHexString(salt));
        var rtp = Buffer(PlainRtp, out var rtpLength);
        var rtcp = Buffer(PlainRtcp, out var rtcpLength);
        sender.SkipTo(ssrc: 1, rtpIndex: 0, rtcpIndex: 1);

        rtpLength = sender.ProtectRtp(rtp, rtpLength);
        rtcpLength = sender.ProtectRtcp(rtcp, rtcpLength);

        Assert.Equal(protectedRtp, Convert.ToHexString(rtp, 0, rtpLength));
        Assert.Equal(protectedRtcp, Convert.ToHexString(rtcp, 0, rtcpLength));
        Assert.Equal(SrtpError.None, receiver.UnprotectRtp(rtp, rtpLength, out rtpLength));
        Assert.Equal(SrtpError.None, receiver.UnprotectRtcp(rtcp, rtcpLength, out rtcpLength));
        Assert.Equal(PlainRtp, Convert.ToHexString(rtp, 0, rtpLength));
        Assert.Equal(PlainRtcp, Convert.ToHexString(rtcp, 0, rtcpLength));
    }

    private static AeadTransform Transform7714(bool isForSending) => AeadTransform.WithSessionKey(
        Convert.FromHexString(SessionKey7714), Convert.FromHexString(SessionSalt7714), isForSending);

    private static byte[] Buffer(string hex, out int length)
    {
        var bytes = Convert.FromHexString(hex);
        length = bytes.Length;
        return [.. bytes, .. new byte[SrtpProfiles.MaxOverhead]];
    }
}

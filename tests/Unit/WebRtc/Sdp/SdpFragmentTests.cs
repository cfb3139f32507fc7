using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Sdp;

public sealed class SdpFragmentTests
{
    [Fact]
    public void Credentials_in_the_first_section_count_for_all()
    {
        const string text = "a=group:BUNDLE 0 1\nm=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:0\na=ice-ufrag:ysXw\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\n"
            + "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0\na=end-of-candidates\n";

        Assert.True(SdpFragment.TryParse(text, out var fragment, out _));

        Assert.Equal(new IceCredentials("ysXw", "vw5LmwG4y/e6dPP/zAP9Gp5k"), fragment.Credentials);
        Assert.Equal(["0", "1"], fragment.BundleMids);
        var media = Assert.Single(fragment.Media);
        Assert.Equal("0", media.Mid);
        Assert.True(media.EndOfCandidates);
        Assert.Equal(TransportAddress.FromIPv4(0xC0000201, 61764), Assert.Single(media.Candidates).Address);
    }

    [Fact]
    public void A_fragment_survives_being_printed_and_read_again()
    {
        var fragment = new SdpFragment
        {
            IceOptions = ["trickle", "ice2"],
            BundleMids = ["video", "audio"],
            Credentials = IceCredentials.Generate(),
            Media = [new SdpFragmentMedia("video", "UDP/TLS/RTP/SAVPF", ["96"], "video")
            {
                Candidates = [IceCandidate.Host(TransportAddress.FromIPv4(0x0A000001, 5000))],
                EndOfCandidates = true,
            }],
        };

        Assert.True(SdpFragment.TryParse(fragment.ToString(), out var read, out _));

        Assert.Equal(fragment.Credentials, read.Credentials);
        Assert.Equal(fragment.Media[0].Candidates, read.Media[0].Candidates);
        Assert.Equal(fragment.ToString(), read.ToString());
    }

    [Fact]
    public void Half_a_credential_is_none()
    {
        Assert.True(SdpFragment.TryParse("a=ice-ufrag:ysXw\r\n", out var fragment, out _));
        Assert.Null(fragment.Credentials);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("a=ice-ufrag:a b")]
    [InlineData("m=audio")]
    public void Malformed_fragments_are_refused_in_words(string text)
    {
        Assert.False(SdpFragment.TryParse(text, out _, out var error));
        Assert.NotEmpty(error.Words);
    }

    [Fact]
    public void Every_shortened_fragment_is_read_or_refused()
    {
        var text = new SdpFragment
        {
            Credentials = IceCredentials.Generate(),
            Media = [new SdpFragmentMedia("audio", "UDP/TLS/RTP/SAVPF", ["0"], "0")],
        }.ToString();
        for (var length = 0; length < text.Length; length++) _ = SdpFragment.TryParse(text[..length], out _, out _);
    }

    [Fact]
    public void A_section_without_a_mid_is_written_without_one()
    {
        Assert.True(SdpFragment.TryParse("m=audio 9 RTP/AVP 0\r\na=end-of-candidates\r\n", out var fragment, out _));

        Assert.True(SdpFragment.TryParse(fragment.ToString(), out var again, out var error), $"{error}");
        Assert.Equal(fragment.ToString(), again!.ToString());
    }
}

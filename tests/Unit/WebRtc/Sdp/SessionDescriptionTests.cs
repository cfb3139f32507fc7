using System.Text;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Sdp;

public sealed class SessionDescriptionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_text_of_60_kB_never_grows_to_a_megabyte(bool isFragment)
    {
        var section = "m=video 9 UDP/TLS/RTP/SAVPF " + string.Join(' ', Enumerable.Repeat("0", SdpLimits.FormatsPerSection)) + "\r\n"
            + string.Concat(Enumerable.Range(0, 110).Select(i => $"a=rtcp-fb:* {(char)('!' + (i % 94))}\r\n"));
        var text = (isFragment ? "" : "v=0\r\n") + string.Concat(Enumerable.Repeat(section, SdpLimits.MediaSections));
        Assert.InRange(text.Length, 55_000, SdpLimits.Characters);
        Read("v=0\r\n" + section); // what is made once is made now

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isRead = Read(text);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(isRead);
        Assert.InRange(allocated, 0, 1_000_000);

        bool Read(string sdp) => isFragment ? SdpFragment.TryParse(sdp, out _, out _) : SessionDescription.TryParse(sdp, out _, out _);
    }

    [Fact]
    public void A_format_that_is_repeated_is_one_codec_and_a_kind_of_feedback_counts_once()
    {
        var feedback = string.Concat(Enumerable.Range(0, 20).Select(i => $"a=rtcp-fb:* kind{i}\r\na=rtcp-fb:* kind{i}\r\n"));

        var section = Parse("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0 8 0 8\r\na=rtcp-fb:8 own\r\n" + feedback).Media[0];

        Assert.Equal([0, 8], section.Codecs.Select(codec => codec.PayloadType));
        Assert.Equal(Enumerable.Range(0, SdpLimits.FeedbackPerCodec).Select(i => $"kind{i}"), section.Codecs[0].RtcpFeedback);
        Assert.Equal("own", section.Codecs[1].RtcpFeedback[0]);
        Assert.Equal(SdpLimits.FeedbackPerCodec, section.Codecs[1].RtcpFeedback.Count);
    }

    [Fact]
    public void Chromiums_offer_to_watch_is_read_whole()
    {
        var offer = Parse(SdpSamples.Read("chromium-whep"));

        Assert.Equal(["video", "audio", "application"], offer.Media.Select(media => media.Kind));
        Assert.Equal(["0", "1", "2"], Assert.Single(offer.Groups).Mids);
        Assert.True(offer.ExtmapAllowMixed);
        var video = offer.Media[0];
        Assert.Equal(MediaDirection.RecvOnly, video.Direction);
        Assert.True(video is { RtcpMux: true, RtcpRsize: true, Setup: SdpSetup.ActPass });
        Assert.Equal(5, video.ExtensionId(RtpExtensionUris.PlayoutDelay));
        Assert.Equal(9, video.ExtensionId(RtpExtensionUris.Mid));
        Assert.Equal(4, video.ExtensionId(RtpExtensionUris.TransportWideCc));
        var vp8 = video.FindCodec(96);
        Assert.NotNull(vp8);
        Assert.True(vp8 is { Name: "VP8", ClockRate: 90_000, Channels: 1 });
        Assert.Equal(["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"], vp8.RtcpFeedback);
        Assert.Equal(97, video.FindRtx(96)?.PayloadType);
        Assert.Equal(8, video.Codecs.Count(codec => codec.IsNamed("h264")));
        var opus = offer.Media[1].FindCodec(111);
        Assert.True(opus is { Name: "opus", ClockRate: 48_000, Channels: 2 });
        Assert.Equal("1", opus.Parameter("useinbandfec"));
        Assert.Equal(5_000, offer.Media[2].SctpPort);
        Assert.Equal(262_144, offer.Media[2].MaxMessageSize);
        Assert.Equal(["webrtc-datachannel"], offer.Media[2].Formats);
    }

    [Fact]
    public void Chromiums_offer_to_publish_tells_sources_and_hides_its_addresses()
    {
        var video = Parse(SdpSamples.Read("chromium-whip")).Media[0];

        Assert.Equal(MediaDirection.SendOnly, video.Direction);
        Assert.Equal([443566509u, 189419559u], Assert.Single(video.SsrcGroups).Ssrcs);
        Assert.Equal("dlSJMc8xrG1JIXjT", video.Ssrcs[0].Cname);
        Assert.Equal("c5e1e8e3-63f7-4240-9d17-95c816938e9c", video.Msid?.Stream);
        Assert.Equal("3effe2a1-2bd0-4a35-9f52-98d2a9efb8f0", video.Msid?.Track);
        Assert.Empty(video.Candidates); // .local names only
    }

    [Fact]
    public void Firefox_puts_the_fingerprint_and_options_at_the_top()
    {
        var offer = Parse(SdpSamples.Read("firefox-whip"));
        var video = offer.Media[1];

        Assert.StartsWith("sha-256 3C:4F:", Assert.Single(offer.FingerprintsOf(video)), StringComparison.Ordinal);
        Assert.Equal("8d41e7c2", offer.CredentialsOf(video)?.UsernameFragment);
        Assert.Equal(MediaDirection.RecvOnly, video.Extensions.Single(extension => extension.Uri == RtpExtensionUris.PlayoutDelay).Direction);
        Assert.Equal(124, video.FindRtx(120)?.PayloadType);
        Assert.Equal("{4ce8b7a5-920f-4d3e-a1b6-83f57d2c906e}", video.Msid?.Track);
        Assert.DoesNotContain(video.Codecs, codec => codec.IsNamed("H264"));
    }

    [Fact]
    public void Obs_says_everything_of_the_transport_at_the_top_or_in_the_first_section()
    {
        var offer = Parse(SdpSamples.Read("obs-whip"));
        var video = offer.Media[1];

        Assert.Equal("E0Ik", offer.CredentialsOf(video)?.UsernameFragment);
        Assert.Equal(SdpSetup.ActPass, offer.SetupOf(video));
        Assert.Equal(4, offer.CandidatesOf(video).Count);
        Assert.Contains(offer.CandidatesOf(video), candidate => candidate.TcpType == IceTcpType.Active);
        Assert.True(offer.Media[0].EndOfCandidates);
        Assert.Equal("1", video.FindCodec(96)?.Parameter("Packetization-Mode"));
        Assert.Equal([1827364551u, 1827364552u], Assert.Single(video.SsrcGroups).Ssrcs);
    }

    [Fact]
    public void A_section_that_lives_only_in_the_bundle_is_not_rejected()
    {
        var offer = Parse(SdpSamples.Read("gstreamer-whip"));

        Assert.True(offer.Media[1] is { Port: 0, BundleOnly: true, IsRejected: false });
        Assert.Same(offer.Media[0], offer.TransportOf(offer.Media[1]));
        Assert.True(offer.Media[1].Codecs[0].IsNamed("opus"));
    }

    [Theory]
    [MemberData(nameof(SdpSamples.All), MemberType = typeof(SdpSamples))]
    public void A_description_survives_being_printed_and_read_again(string sample)
    {
        var printed = Parse(SdpSamples.Read(sample)).ToString();

        Assert.Equal(printed, Parse(printed).ToString());
        Assert.EndsWith("\r\n", printed, StringComparison.Ordinal);
        foreach (var line in SdpSamples.Read(sample).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            // Kept: all that names codecs, extensions, sources, credentials. (Host names and spelling variants are not.)
            var keeps = line.StartsWith("a=fmtp", StringComparison.Ordinal) || line.StartsWith("a=extmap", StringComparison.Ordinal)
                || line.StartsWith("a=ssrc", StringComparison.Ordinal) || line.StartsWith("a=ice-", StringComparison.Ordinal)
                || line.StartsWith("a=rtcp-fb", StringComparison.Ordinal) || line.StartsWith("a=fingerprint", StringComparison.Ordinal);
            if (keeps) Assert.Contains(line, printed, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("v=1", 1)]
    [InlineData("s=-", 1)]
    [InlineData("v=0\r\no=- x 0 IN IP4 127.0.0.1", 2)]
    [InlineData("v=0\r\n\r\nnonsense", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF", 2)]
    [InlineData("v=0\r\nm=video 70000 UDP/TLS/RTP/SAVPF 96", 2)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 128", 2)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:900 VP8/90000", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=extmap:0 urn:x", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=extmap:1/upwards urn:x", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=setup:maybe", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ssrc:99999999999 cname:x", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=ice-pwd:short", 3)]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0", 5)]
    public void An_error_names_the_line(string sdp, int line)
    {
        Assert.False(SessionDescription.TryParse(sdp, out _, out var error));
        Assert.Equal(line, error.Line);
        Assert.StartsWith($"Line {line}: ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public void Nothing_is_not_a_description(string? sdp)
    {
        Assert.False(SessionDescription.TryParse(sdp, out _, out var error));
        Assert.Equal("The description is empty.", error.ToString());
    }

    [Fact]
    public void Too_much_of_anything_is_refused()
    {
        const string start = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
        Assert.False(SessionDescription.TryParse(start + new string('a', SdpLimits.Characters), out _, out _));
        Assert.False(SessionDescription.TryParse(start + "a=x:" + new string('a', SdpLimits.LineCharacters), out _, out _));
        Assert.False(SessionDescription.TryParse("v=0\r\n" + Repeat("m=video 9 RTP 96\r\n", SdpLimits.MediaSections + 1), out _, out _));
        Assert.False(SessionDescription.TryParse(start + Repeat("a=extmap:1 u\r\n", SdpLimits.ExtensionsPerSection + 1), out _, out _));
        Assert.False(SessionDescription.TryParse(start + Repeat("a=rtcp-fb:1 u\r\n", SdpLimits.FeedbackPerSection + 1), out _, out _));
        Assert.False(SessionDescription.TryParse("v=0\r\n" + Repeat("b=x\r\n", SdpLimits.Lines), out _, out _));
        Assert.False(SessionDescription.TryParse("v=0\r\nm=video 9 RTP" + Repeat(" 96", SdpLimits.FormatsPerSection + 1), out _, out _));
    }

    [Fact]
    public void Candidates_beyond_the_limit_are_left_out()
    {
        var offer = Parse("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n" + Repeat("a=candidate:1 1 udp 1 10.0.0.1 1 typ host\r\n", 200));

        Assert.Equal(SdpLimits.CandidatesPerSection, offer.Media[0].Candidates.Count);
    }

    [Fact]
    public void Every_shortened_offer_is_read_or_refused_with_words()
    {
        foreach (var name in SdpSamples.Names)
        {
            var text = SdpSamples.Read(name);
            for (var length = 0; length < text.Length; length++)
            {
                if (!SessionDescription.TryParse(text[..length], out var description, out var error)) Assert.NotEmpty(error.Words);
                else Assert.True(description.Media.Count <= 3);
            }
        }
    }

    [Fact]
    public void Changed_offers_are_read_or_refused_and_what_is_read_can_be_printed()
    {
        var random = new Random(8_866);
        const string alphabet = "\r\n=:/ 0129azAZ*-;\0é";
        foreach (var name in SdpSamples.Names)
        {
            var text = SdpSamples.Read(name);
            for (var round = 0; round < 1_500; round++)
            {
                var changed = new StringBuilder(text);
                for (var change = random.Next(1, 6); change > 0; change--)
                    changed[random.Next(changed.Length)] = alphabet[random.Next(alphabet.Length)];
                if (!SessionDescription.TryParse(changed.ToString(), out var description, out _)) continue;
                var printed = description.ToString();
                Assert.True(SessionDescription.TryParse(printed, out _, out var error), $"{error}");
            }
        }
    }

    [Fact]
    public void Random_text_never_throws()
    {
        var random = new Random(4_566);
        for (var round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder("v=0\r\n");
            for (var line = 0; line < 10; line++)
            {
                text.Append("maoscb"[random.Next(6)]).Append('=');
                for (var i = random.Next(40); i > 0; i--) text.Append((char)random.Next(32, 127));
                text.Append('\n');
            }

            _ = SessionDescription.TryParse(text.ToString(), out _, out _);
        }
    }

    [Fact]
    public void A_value_with_a_line_break_is_not_printed()
    {
        var forged = new SessionDescription { Media = [new MediaDescription { Kind = "video", Mid = "0\r\na=ice-lite" }] };

        Assert.Throws<InvalidOperationException>(forged.ToString);
    }

    [Fact]
    public void Wildcard_feedback_holds_for_every_codec()
    {
        var offer = Parse("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96 98\r\na=rtcp-fb:* nack\r\na=rtcp-fb:98 nack pli\r\n"
            + "a=rtpmap:96 VP8/90000\r\na=rtpmap:98 H264/90000\r\n");

        Assert.Equal(["nack"], offer.Media[0].FindCodec(96)?.RtcpFeedback);
        Assert.Equal(["nack", "nack pli"], offer.Media[0].FindCodec(98)?.RtcpFeedback);
    }

    [Fact]
    public void A_direction_at_the_top_is_the_sections_default()
    {
        var offer = Parse("v=0\r\na=recvonly\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=sendonly\r\n");

        Assert.Equal(MediaDirection.RecvOnly, offer.Media[0].Direction);
        Assert.Equal(MediaDirection.SendOnly, offer.Media[1].Direction);
        Assert.Equal("PCMU", Assert.Single(offer.Media[0].Codecs).Name);
    }

    [Theory]
    [InlineData("packetization-mode=1;profile-level-id=42e01f", "profile-level-id=42c034;packetization-mode=1", true)]
    [InlineData("packetization-mode=1;profile-level-id=42e01f", "packetization-mode=1;profile-level-id=42001f", false)]
    [InlineData("packetization-mode=1;profile-level-id=42e01f", "packetization-mode=0;profile-level-id=42e01f", false)]
    [InlineData("packetization-mode=1;profile-level-id=42e01f", "packetization-mode=1;profile-level-id=640c1f", false)]
    [InlineData("packetization-mode=1;profile-level-id=42e01f", "packetization-mode=1;profile-level-id=nothex", false)]
    [InlineData("packetization-mode=1;profile-level-id=4d001f", "packetization-mode=1;profile-level-id=4D0028", true)]
    [InlineData(null, "profile-level-id=42001f", true)]
    public void H264_is_compatible_by_profile_and_packetization_mode(string? one, string? other, bool compatible)
    {
        var left = new CodecDescription(39, "H264", 90_000) { Fmtp = one };
        var right = new CodecDescription(102, "h264", 90_000) { Fmtp = other };

        Assert.Equal(compatible, left.IsCompatibleWith(right));
        Assert.Equal(compatible, right.IsCompatibleWith(left));
    }

    private static SessionDescription Parse(string sdp)
    {
        Assert.True(SessionDescription.TryParse(sdp, out var description, out var error), $"{error}");
        return description;
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}

using System.Text;
using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.Tests.Unit.WebRtc.Sdp;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

/// <summary>What an answer says to an offer, browsers' own and crooked ones.</summary>
public sealed class AnswerTests
{
    private static readonly AnsweredMedia Video = new("video", MediaDirection.SendRecv, [OfferedCodecs.Vp8(), OfferedCodecs.H264()])
    {
        Rtx = true,
        ExtensionUris = [RtpExtensionUris.Mid],
    };

    private static readonly AnsweredMedia Audio = new("audio", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = 70 };

    [Theory]
    [MemberData(nameof(SdpSamples.All), MemberType = typeof(SdpSamples))]
    public void Real_clients_offers_are_answered(string name)
    {
        var offer = Parse(SdpSamples.Read(name));
        var (answer, peer) = Answer(SdpSamples.Read(name), Video, Audio);

        Assert.True(answer.IceLite);
        Assert.Equal(offer.Media.Select(media => (media.Kind, media.Mid)), answer.Media.Select(media => (media.Kind, media.Mid)));
        Assert.Contains(answer.Media, media => !media.IsRejected);
        Assert.All(answer.Media.Where(media => !media.IsRejected), media =>
        {
            Assert.Equal(SdpSetup.Passive, media.Setup);
            Assert.True(media.RtcpMux);
            Assert.NotEmpty(media.Codecs);
            Assert.All(media.Codecs, codec => Assert.Equal(codec.Name, offer.FindMedia(media.Mid!)!.FindCodec(codec.PayloadType)!.Name)); // the offer's numbers
        });
        Assert.Equal(peer.Media.Where(media => !media.IsRejected).Select(media => media.Mid), Assert.Single(answer.Groups).Mids);
    }

    [Fact]
    public void Our_order_of_codecs_and_the_offers_numbers()
    {
        var (answer, peer) = Answer(SdpSamples.Read("chromium-whip"), Video with { Codecs = [OfferedCodecs.H264(1), OfferedCodecs.Vp8(2)] }, Audio);
        var video = answer.Media.First(media => media.Kind == "video");

        Assert.Equal(["H264", "rtx", "VP8", "rtx"], video.Codecs.Select(codec => codec.Name));
        Assert.Equal("42e01f", video.Codecs[0].Parameter("profile-level-id"));
        Assert.Equal("1", video.Codecs[0].Parameter("packetization-mode"));
        var media = peer.Media.First(section => section.Kind == "video");
        Assert.Equal(video.Codecs[0].PayloadType, media.Codec?.PayloadType);
        Assert.Equal(video.Codecs[1].PayloadType, media.RtxPayloadType);
        Assert.Equal(video.ExtensionId(RtpExtensionUris.Mid), media.ExtensionId(RtpExtensionUris.Mid));
        Assert.Single(video.Extensions);
    }

    [Fact]
    public void Only_feedback_that_both_give_is_agreed_on()
    {
        var wish = Video with { Codecs = [OfferedCodecs.Vp8() with { RtcpFeedback = ["nack pli", "made up"] }], Rtx = false };
        var (answer, _) = Answer(SdpSamples.Read("chromium-whip"), wish);

        Assert.Equal(["nack pli"], Assert.Single(answer.Media.First(media => media.Kind == "video").Codecs).RtcpFeedback);
    }

    [Theory]
    [InlineData("sendrecv", MediaDirection.SendRecv, MediaDirection.SendRecv)]
    [InlineData("sendonly", MediaDirection.SendRecv, MediaDirection.RecvOnly)]
    [InlineData("recvonly", MediaDirection.SendRecv, MediaDirection.SendOnly)]
    [InlineData("recvonly", MediaDirection.RecvOnly, MediaDirection.Inactive)]
    [InlineData("inactive", MediaDirection.SendRecv, MediaDirection.Inactive)]
    public void Nobody_gets_more_than_both_want(string offered, MediaDirection wish, MediaDirection agreed)
    {
        var (answer, peer) = Answer(OfferText().Replace("a=sendrecv", $"a={offered}", StringComparison.Ordinal), Audio with { Direction = wish });

        Assert.Equal(agreed, answer.Media[0].Direction);
        Assert.Equal(agreed, peer.Media[0].Direction);
        Assert.Equal(peer.Media[0].CanSend ? [70u] : [], answer.Media[0].Ssrcs.Select(source => source.Ssrc));
        Assert.Equal(peer.Media[0].CanSend ? 70u : null, peer.Media[0].LocalSsrc);
    }

    [Fact]
    public void Without_a_number_of_our_own_a_source_is_drawn_and_its_repeats_have_another()
    {
        var (answer, peer) = Answer(SdpSamples.Read("chromium-whep"), Video with { Msid = new("stream", "track") }, Audio);
        var (media, section) = (peer.Media.First(media => media.Kind == "video"), answer.Media.First(media => media.Kind == "video"));

        Assert.NotNull(media.LocalSsrc);
        Assert.NotEqual(media.LocalSsrc, media.LocalRtxSsrc);
        Assert.Equal([media.LocalSsrc ?? 0, media.LocalRtxSsrc ?? 0], Assert.Single(section.SsrcGroups).Ssrcs);
        Assert.Equal("stream track", $"{section.Msid}");
    }

    [Fact]
    public void More_sections_of_a_kind_than_wishes_are_rejected_in_their_place()
    {
        var offer = Parse(OfferText());
        var twice = offer with
        {
            Groups = [new SdpGroup(SdpGroup.Bundle, ["a", "b"])],
            Media = [offer.Media[0], offer.Media[0] with { Mid = "b" }],
        };
        var (answer, peer) = Answer(twice.ToString(), Audio);

        Assert.False(answer.Media[0].IsRejected);
        Assert.True(answer.Media[1].IsRejected);
        Assert.True(peer.Media[1].IsRejected);
        Assert.Equal(["a"], Assert.Single(answer.Groups).Mids);
    }

    [Fact]
    public void What_is_not_bundled_with_the_first_section_is_rejected()
    {
        var offer = Parse(OfferText());
        var apart = offer with { Groups = [], Media = [offer.Media[0], offer.Media[0] with { Mid = "b" }] };
        var (answer, _) = Answer(apart.ToString(), Audio, Audio);

        Assert.Equal([false, true], answer.Media.Select(media => media.IsRejected));
        Assert.Empty(answer.Groups);
    }

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("a=rtcp-mux\r\n", "")]
    [InlineData("opus", "opux")]
    [InlineData("a=ice-pwd:", "a=x-pwd:")]
    [InlineData("a=fingerprint:", "a=x-print:")]
    [InlineData("a=setup:actpass", "a=setup:holdconn")]
    [InlineData("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP")]
    [InlineData("m=audio 9", "m=audio 0")]
    public void A_wrong_offer_is_refused_in_words_and_another_may_follow(string from, string to)
    {
        var peer = NewPeer(Audio);
        var offer = from == to ? from : OfferText().Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(OfferText(), offer);

        Assert.False(peer.TryCreateAnswer(offer, TimeSpan.Zero, out _, out var error));

        Assert.NotEmpty(error);
        Assert.Equal(PeerState.New, peer.State);
        Assert.True(peer.TryCreateAnswer(OfferText(), TimeSpan.Zero, out _, out error), error);
        Assert.False(peer.TryCreateAnswer(OfferText(), TimeSpan.Zero, out _, out error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [MemberData(nameof(SdpSamples.All), MemberType = typeof(SdpSamples))]
    public void Shortened_and_changed_offers_are_taken_or_refused_but_never_throw(string name)
    {
        var text = SdpSamples.Read(name);
        var random = new Random(8_829);
        for (var round = 0; round < 400; round++)
        {
            using var peer = NewPeer(Video, Audio);
            var changed = new StringBuilder(round % 2 == 0 ? text[..random.Next(text.Length)] : text);
            for (var change = round % 4; change > 0 && changed.Length > 0; change--)
                changed[random.Next(changed.Length)] = (char)random.Next(32, 127);
            if (peer.TryCreateAnswer(changed.ToString(), TimeSpan.Zero, out var answer, out var error)) Parse(answer);
            else Assert.NotEmpty(error);
        }
    }

    private static AnsweringPeer NewPeer(params AnsweredMedia[] media)
        => new(DtlsPair.ServerContext, [IceCandidate.Host(TransportAddress.FromIPv4(0xC0000201, 20_000))], media, new RecordingSink());

    private static (SessionDescription Answer, AnsweringPeer Peer) Answer(string offer, params AnsweredMedia[] media)
    {
        using var peer = NewPeer(media);
        Assert.True(peer.TryCreateAnswer(offer, TimeSpan.Zero, out var answer, out var error), error);
        return (Parse(answer), peer);
    }

    private static string OfferText()
    {
        using var caller = new OfferingPeer(
            DtlsPair.ClientContext, [IceCandidate.Host(TransportAddress.FromIPv4(0x0A000002, 40_000))],
            [new OfferedMedia("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus()]) { Ssrc = 2_000 }], new RecordingSink());
        return caller.CreateOffer();
    }

    private static SessionDescription Parse(string sdp)
    {
        Assert.True(SessionDescription.TryParse(sdp, out var description, out var error), $"{error}");
        return description;
    }
}

using System.Text;
using AV1Relay.Tests.Unit.WebRtc.Dtls;
using AV1Relay.Tests.Unit.WebRtc.Sdp;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.WebRtc.Peer;

public sealed class OfferAnswerTests : IDisposable
{
    private static readonly OfferedMedia Video = new("video", "v", MediaDirection.SendOnly, [OfferedCodecs.H264(), OfferedCodecs.Vp8()])
    {
        Msid = new SdpMediaStreamId("camera", "lens"),
        Ssrc = 1_000,
        RtxSsrc = 1_001,
        Extensions = [new RtpExtensionMap(1, RtpExtensionUris.Mid), new RtpExtensionMap(2, RtpExtensionUris.PlayoutDelay)],
    };

    private static readonly OfferedMedia Audio = new("audio", "a", MediaDirection.SendRecv, [OfferedCodecs.Opus()])
    {
        Msid = new SdpMediaStreamId("room", "microphone"),
        Ssrc = 2_000,
    };

    private readonly OfferingPeer _peer = NewPeer(Video, Audio);

    [Fact]
    public void The_offer_says_what_browsers_say()
    {
        var offer = Parse(_peer.CreateOffer());

        Assert.Equal(["v", "a"], Assert.Single(offer.Groups).Mids);
        var (video, audio) = (offer.Media[0], offer.Media[1]);
        Assert.True(video is { RtcpMux: true, RtcpRsize: true, Setup: SdpSetup.ActPass, Direction: MediaDirection.SendOnly });
        Assert.Equal(["H264", "rtx", "VP8", "rtx"], video.Codecs.Select(codec => codec.Name));
        Assert.NotNull(video.FindRtx(102));
        Assert.NotNull(video.FindRtx(96));
        Assert.Equal([1_000u, 1_001u], Assert.Single(video.SsrcGroups).Ssrcs);
        Assert.Equal(video.Ssrcs[0].Cname, audio.Ssrcs[0].Cname);
        Assert.NotEqual(video.Msid?.Stream, audio.Msid?.Stream);
        Assert.Equal(video.IceUfrag, audio.IceUfrag);
        Assert.Equal(DtlsPair.ClientContext.Fingerprint.ToString(), Assert.Single(audio.Fingerprints));
        Assert.Equal("10.0.0.2", Assert.Single(video.Candidates).Address.ToIPEndPoint().Address.ToString());
        Assert.True(video.EndOfCandidates);
        Assert.DoesNotContain(audio.Codecs, codec => codec.IsNamed("rtx"));
        var types = offer.Media.SelectMany(media => media.Formats).ToList();
        Assert.Equal(types.Count, types.Distinct().Count());
    }

    [Fact]
    public void A_track_without_a_name_is_named_for_its_section()
    {
        using var peer = NewPeer(Video with { Msid = new SdpMediaStreamId("camera") });
        var video = Parse(peer.CreateOffer()).Media[0];

        Assert.Equal("camera v", $"{video.Msid}"); // Janus up to 1.1 refuses a=msid with one word
        Assert.All(video.Ssrcs, source => Assert.Equal(video.Msid, source.Msid));
    }

    [Fact]
    public void The_offer_stays_the_same_until_a_restart()
    {
        var offer = _peer.CreateOffer();

        Assert.Equal(offer, _peer.CreateOffer());
        _peer.RestartIce(TimeSpan.Zero);
        Assert.NotEqual(Parse(offer).Media[0].IceUfrag, Parse(_peer.CreateOffer()).Media[0].IceUfrag);
    }

    [Fact]
    public void Only_what_both_sides_know_is_negotiated()
    {
        var answer = AnswerOf(media => media.Kind == "audio"
            ? media
            : media with
            {
                Codecs = [new CodecDescription(96, "VP8", 90_000), .. media.Codecs.Where(codec => codec.AssociatedPayloadType == 96)],
                Extensions = [new RtpExtensionMap(2, RtpExtensionUris.PlayoutDelay), new RtpExtensionMap(9, RtpExtensionUris.AbsSendTime)],
            });

        Assert.True(_peer.TryApplyAnswer(answer, TimeSpan.Zero, out var error), error);

        var video = _peer.Media[0];
        Assert.Equal("VP8", video.Codec?.Name);
        Assert.Equal(97, video.RtxPayloadType);
        Assert.Equal(2, video.ExtensionId(RtpExtensionUris.PlayoutDelay));
        Assert.Null(video.ExtensionId(RtpExtensionUris.AbsSendTime)); // was not offered
        Assert.Null(video.ExtensionId(RtpExtensionUris.Mid)); // was not answered
        Assert.True(video is { CanSend: true, CanReceive: false, Direction: MediaDirection.SendOnly });
        Assert.True(_peer.Media[1] is { CanSend: true, CanReceive: true, RtxPayloadType: null });
    }

    [Fact]
    public void The_answers_order_of_codecs_counts()
    {
        var answer = AnswerOf(media => media with { Codecs = [.. media.Codecs.Reverse()], Formats = [.. media.Formats.Reverse()] });

        Assert.True(_peer.TryApplyAnswer(answer, TimeSpan.Zero, out var error), error);

        Assert.Equal(["VP8", "H264"], _peer.Media[0].Codecs.Select(codec => codec.Name));
    }

    [Fact]
    public void Janus_answer_to_a_publisher_is_taken()
    {
        // Full ICE, active, its fingerprint at the session, a source of its own although it only receives.
        Assert.True(_peer.TryApplyAnswer(SdpSamples.Read("janus-publisher-answer"), TimeSpan.Zero, out var error), error);

        Assert.Equal(["H264", "opus"], _peer.Media.Select(media => media.Codec?.Name));
        Assert.All(_peer.Media, media => Assert.Equal(MediaDirection.SendOnly, media.Direction));
        Assert.Equal(103, _peer.Media[0].RtxPayloadType);
        Assert.Equal(PeerState.Connecting, _peer.State);
    }

    [Theory]
    [InlineData(MediaDirection.SendRecv, MediaDirection.SendRecv)]
    [InlineData(MediaDirection.SendOnly, MediaDirection.RecvOnly)]
    [InlineData(MediaDirection.RecvOnly, MediaDirection.SendOnly)]
    [InlineData(MediaDirection.Inactive, MediaDirection.Inactive)]
    public void The_answers_direction_is_turned_round(MediaDirection theirs, MediaDirection ours)
    {
        var answer = AnswerOf(media => media.Kind == "audio" ? media with { Direction = theirs } : media);

        Assert.True(_peer.TryApplyAnswer(answer, TimeSpan.Zero, out var error), error);
        Assert.Equal(ours, _peer.Media[1].Direction);
    }

    [Fact]
    public void A_rejected_section_is_said_to_be_so_and_the_rest_goes_on()
    {
        var answer = AnswerOf(media => media.Kind == "video" ? media with { Port = 0 } : media);

        Assert.True(_peer.TryApplyAnswer(answer, TimeSpan.Zero, out var error), error);

        Assert.True(_peer.Media[0] is { IsRejected: true, Codec: null, CanSend: false });
        Assert.False(_peer.Media[1].IsRejected);
        Assert.Equal(PeerState.Connecting, _peer.State);
    }

    [Fact]
    public void The_other_ends_sources_are_known_where_the_answer_tells_them()
    {
        var answer = AnswerOf(media => media with
        {
            Ssrcs = [new SsrcDescription(71, "c"), new SsrcDescription(70, "c")],
            SsrcGroups = [new SsrcGroup(SsrcGroup.FlowIdentification, [70, 71])],
        });

        Assert.True(_peer.TryApplyAnswer(answer, TimeSpan.Zero, out var error), error);
        Assert.Equal(70u, _peer.Media[1].RemoteSsrc);
    }

    public static TheoryData<string> WrongAnswers =>
    [
        "no description", "fewer sections", "swapped kinds", "other mid", "no mux", "other codec", "all rejected",
        "no credentials", "no fingerprint", "weak fingerprint", "actpass", "not bundled",
    ];

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public void A_wrong_answer_is_refused_in_words_and_another_may_follow(string fault)
    {
        var text = fault switch
        {
            "no description" => "hello",
            "fewer sections" => Answer() is var answer ? (answer with { Media = [answer.Media[0]] }).ToString() : "",
            "swapped kinds" => Answer() is var answer ? (answer with { Media = [.. answer.Media.Reverse()] }).ToString() : "",
            "not bundled" => (Answer() with { Groups = [] }).ToString(),
            _ => AnswerOf(media => fault switch
            {
                "other mid" => media with { Mid = media.Mid + "x" },
                "no mux" => media with { RtcpMux = false },
                "other codec" => media with { Codecs = [new CodecDescription(102, "VP9", 90_000)] },
                "all rejected" => media with { Port = 0 },
                "no credentials" => media with { IcePwd = null },
                "no fingerprint" => media with { Fingerprints = [] },
                "weak fingerprint" => media with { Fingerprints = ["sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33"] },
                _ => media with { Setup = SdpSetup.ActPass },
            }),
        };

        Assert.False(_peer.TryApplyAnswer(text, TimeSpan.Zero, out var error));
        Assert.NotEmpty(error);
        Assert.Equal(PeerState.New, _peer.State);
        Assert.True(_peer.TryApplyAnswer(Answer().ToString(), TimeSpan.Zero, out error), error);
    }

    [Fact]
    public void A_second_answer_is_refused()
    {
        Assert.True(_peer.TryApplyAnswer(Answer().ToString(), TimeSpan.Zero, out _));
        Assert.False(_peer.TryApplyAnswer(Answer().ToString(), TimeSpan.Zero, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Shortened_and_changed_answers_are_taken_or_refused_but_never_throw()
    {
        var text = Answer().ToString();
        var random = new Random(3_264);
        for (var round = 0; round < 1_500; round++)
        {
            using var peer = NewPeer(Video, Audio);
            var changed = new StringBuilder(round < text.Length ? text[..round] : text);
            for (var change = round % 4; change > 0 && changed.Length > 0; change--)
                changed[random.Next(changed.Length)] = (char)random.Next(32, 127);
            if (!peer.TryApplyAnswer(changed.ToString(), TimeSpan.Zero, out var error)) Assert.NotEmpty(error);
        }
    }

    [Fact]
    public void What_cannot_stand_in_one_offer_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => NewPeer());
        Assert.Throws<ArgumentException>(() => NewPeer(Video, Video));
        Assert.Throws<ArgumentException>(() => NewPeer(Video with { Codecs = [] }));
        Assert.Throws<ArgumentException>(() => NewPeer(Video with { Ssrc = null }));
        Assert.Throws<ArgumentException>(() => NewPeer(Video, Audio with { Codecs = [OfferedCodecs.Opus(102)] }));
    }

    [Fact]
    public void Two_sections_of_one_codec_share_its_numbers()
    {
        using var peer = NewPeer(
            Video, new OfferedMedia("video", "w", MediaDirection.RecvOnly, [OfferedCodecs.H264()]) { Rtx = true });
        var offer = Parse(peer.CreateOffer());

        Assert.Equal(offer.Media[0].FindRtx(102), offer.Media[1].FindRtx(102), (one, other) => one?.PayloadType == other?.PayloadType);
        Assert.Empty(offer.Media[1].Ssrcs);
    }

    public void Dispose() => _peer.Dispose();

    private static OfferingPeer NewPeer(params OfferedMedia[] media)
        => new(DtlsPair.ClientContext, [IceCandidate.Host(TransportAddress.FromIPv4(0x0A000002, 40_000))], media, new RecordingSink());

    /// <summary>The offer, as a passive lite peer that agrees with everything would answer it.</summary>
    private SessionDescription Answer()
    {
        var offer = Parse(_peer.CreateOffer());
        return offer with
        {
            IceLite = true,
            Media = [.. offer.Media.Select(media => media with
            {
                Direction = media.Direction == MediaDirection.SendOnly ? MediaDirection.RecvOnly : media.Direction,
                Setup = SdpSetup.Passive,
                IceUfrag = "relay",
                IcePwd = new string('p', 24),
                Ssrcs = [],
                SsrcGroups = [],
            })],
        };
    }

    private string AnswerOf(Func<MediaDescription, MediaDescription> change)
        => Answer() is var answer ? (answer with { Media = [.. answer.Media.Select(change)] }).ToString() : "";

    private static SessionDescription Parse(string sdp)
    {
        Assert.True(SessionDescription.TryParse(sdp, out var description, out var error), $"{error}");
        return description;
    }
}

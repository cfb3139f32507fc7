using AV1Relay.Sfu;
using AV1Relay.Sfu.Negotiation;
using AV1Relay.Tests.Unit.WebRtc.Sdp;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Dtls;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Sdp;
using Xunit;

namespace AV1Relay.Tests.Unit.Sfu.Negotiation;

public sealed class OfferNegotiatorTests
{
    private static readonly LocalTransport Local = new(
        new IceCredentials("abcdefgh", "0123456789012345678901"),
        new Fingerprint("sha-256", [.. new byte[32]]),
        [
            IceCandidate.Host(TransportAddress.FromIPv4(0x7F00_0001, 20_000)),
            IceCandidate.Host(TransportAddress.FromIPv4(0xC000_0201, 20_000), 65_534),
        ],
        "cname");

    [Theory]
    [MemberData(nameof(Publishers))]
    public void Real_publishers_are_answered_with_everything_mirrored(string sample, string[] codecs, string[] directions)
    {
        var accepted = Accept(PeerRole.Robot, SdpSamples.Read(sample));
        var answer = Parse(accepted);

        Assert.Equal(directions, answer.Media.Select(media => media.Port == 0 ? "rejected" : Name(media.Direction)));
        var video = answer.Media.First(media => media.Kind == "video");
        Assert.Equal(codecs, video.Codecs.Where(codec => !codec.IsNamed("rtx")).Select(codec => codec.Name));
        var hasNumbers = video.Extensions.Any(extension => extension.Uri == RtpExtensionUris.TransportWideCc);
        Assert.All(video.Codecs, codec => Assert.Equal(hasNumbers && !codec.IsNamed("rtx"), codec.RtcpFeedback.Contains("transport-cc")));
        Assert.DoesNotContain(answer.Media.Where(media => media.Kind == "audio"), media => media.Extensions.Any(extension => extension.Uri == RtpExtensionUris.TransportWideCc));
    }

    public static TheoryData<string, string[], string[]> Publishers => new()
    {
        { "chromium-whip", ["H264", "VP8"], ["recvonly", "sendrecv"] },
        { "firefox-whip", ["VP8"], ["recvonly", "recvonly"] },
        { "obs-whip", ["H264"], ["recvonly", "recvonly"] },
        { "gstreamer-whip", ["H264", "VP8"], ["recvonly", "recvonly"] },
    };

    [Fact]
    public void A_bundle_only_section_with_port_0_is_alive()
    {
        var answer = Parse(Accept(PeerRole.Robot, SdpSamples.Read("gstreamer-whip")));

        Assert.Equal("OPUS", answer.Media[1].Codecs.Single().Name);
    }

    [Fact]
    public void Out_of_six_h264_the_constrained_baseline_with_packetization_mode_1_is_taken()
    {
        var accepted = Accept(PeerRole.Pupil, SdpSamples.Read("chromium-whep"));

        var video = accepted.Media.Single(media => media.IsVideo);
        Assert.Equal([(MediaCodec.H264, 108, 109), (MediaCodec.Vp8, 96, 97)], video.Codecs.Select(codec => (codec.Codec, codec.PayloadType, codec.RtxPayloadType)));
    }

    [Fact]
    public void A_pupil_receives_video_speaks_and_its_data_channel_is_rejected_with_port_0()
    {
        var accepted = Accept(PeerRole.Pupil, SdpSamples.Read("chromium-whep"));
        var answer = Parse(accepted);

        Assert.Equal(["sendonly", "sendrecv"], answer.Media.Take(2).Select(media => Name(media.Direction)));
        Assert.Equal(("application", 0, "2"), (answer.Media[2].Kind, answer.Media[2].Port, answer.Media[2].Mid));
        Assert.Equal(["0", "1"], answer.Groups.Single().Mids);
        Assert.Equal([MediaSource.RobotVideo, MediaSource.RobotAudio], accepted.Media.Select(media => media.Downlink!.Value)); // both receive
        Assert.Equal([null, MediaSource.PupilAudio], accepted.Media.Select(media => media.Uplink));
    }

    [Fact]
    public void An_answer_is_lite_passive_multiplexed_and_complete()
    {
        var answer = Parse(Accept(PeerRole.Pupil, SdpSamples.Read("chromium-whep")));

        Assert.True(answer.IceLite);
        var first = answer.Media[0];
        Assert.Equal((SdpSetup.Passive, true, true, true), (first.Setup!.Value, first.RtcpMux, first.RtcpRsize, first.EndOfCandidates)); // accepted: it has a setup
        Assert.Equal(Local.Candidates, first.Candidates);
        Assert.Equal(Local.Ice, answer.CredentialsOf(first));
        Assert.Equal([Local.Fingerprint.ToString()], answer.FingerprintsOf(first));
    }

    [Fact]
    public void Picture_and_sound_of_the_robot_are_in_different_streams()
    {
        var answer = Parse(Accept(PeerRole.Pupil, SdpSamples.Read("chromium-whep")));

        Assert.NotEqual(answer.Media[0].Msid!.Stream, answer.Media[1].Msid!.Stream); // both send
        Assert.Equal(SsrcGroup.FlowIdentification, answer.Media[0].SsrcGroups.Single().Semantics);
    }

    [Fact]
    public void Extensions_keep_the_offers_ids_and_only_those_that_are_written()
    {
        var video = Accept(PeerRole.Pupil, SdpSamples.Read("chromium-whep")).Media[0];

        Assert.Equal((9, 4, 5), (video.MidExtension, video.TransportSequenceExtension, video.PlayoutDelayExtension));
    }

    [Theory]
    [InlineData("a=recvonly\r\na=rtcp-mux", "a=sendrecv\r\na=rtcp-mux", MediaDirection.SendOnly)]
    [InlineData("a=recvonly\r\na=rtcp-mux", "a=sendonly\r\na=rtcp-mux", MediaDirection.Inactive)]
    public void A_pupil_never_sends_video(string recvOnly, string other, MediaDirection expected)
    {
        var offer = SdpSamples.Read("chromium-whep").Replace(recvOnly, other, StringComparison.Ordinal);

        var accepted = Accept(PeerRole.Pupil, offer);

        Assert.Equal(expected, Parse(accepted).Media[0].Direction);
        Assert.DoesNotContain(accepted.Media, media => media.IsVideo && media.Uplink is not null);
    }

    [Fact]
    public void An_observer_sends_nothing_and_hears_both_sides_on_two_sections()
    {
        var offer = TwoAudioSections();

        var accepted = Accept(PeerRole.Observer, offer);

        Assert.All(accepted.Media, media => Assert.Null(media.Uplink));
        Assert.Equal(
            [MediaSource.RobotVideo, MediaSource.RobotAudio, MediaSource.PupilAudio], accepted.Media.Select(media => media.Downlink!.Value)); // all receive
    }

    [Fact]
    public void A_third_audio_section_is_rejected()
    {
        var sections = TwoAudioSections().Split("m=");
        var third = sections[3].Replace("a=mid:2", "a=mid:3", StringComparison.Ordinal);
        var offer = string.Join("m=", [.. sections, third]).Replace("BUNDLE 0 1 2", "BUNDLE 0 1 2 3", StringComparison.Ordinal);

        var answer = Parse(Accept(PeerRole.Observer, offer));

        Assert.Equal(0, answer.Media[3].Port);
        Assert.Equal(["0", "1", "2"], answer.Groups.Single().Mids);
    }

    [Fact]
    public void A_publisher_is_asked_first_for_what_the_pupil_there_can_decode()
    {
        var room = new RoomCodecs(null, [MediaCodec.Vp8]);

        Assert.True(OfferNegotiator.TryNegotiate(PeerRole.Robot, ParsedSdp.Offer(SdpSamples.Read("chromium-whip")), Local, room, out var accepted, out _));

        Assert.Equal([MediaCodec.Vp8, MediaCodec.H264], accepted.Media[0].Codecs.Select(codec => codec.Codec));
    }

    [Fact]
    public void No_common_codec_is_refused_only_with_a_publisher_who_is_there()
    {
        var onlyVp8 = WithoutH264(SdpSamples.Read("chromium-whep"));

        Accept(PeerRole.Pupil, onlyVp8);
        Assert.False(OfferNegotiator.TryNegotiate(PeerRole.Pupil, ParsedSdp.Offer(onlyVp8), Local, new RoomCodecs([MediaCodec.H264], []), out _, out var refusal));

        Assert.Equal(JoinRefusal.NothingUsable, refusal.Reason);
        Assert.Contains("H.264", refusal.Detail);
    }

    [Fact]
    public void A_publisher_is_never_refused_for_its_own_earlier_codecs()
    {
        Assert.True(OfferNegotiator.TryNegotiate(
            PeerRole.Robot, ParsedSdp.Offer(SdpSamples.Read("obs-whip")), Local, new RoomCodecs([MediaCodec.Vp8], [MediaCodec.Vp8]), out _, out _));
    }

    [Fact]
    public void A_pupil_that_can_only_speak_is_welcome()
    {
        var accepted = Accept(PeerRole.Pupil, SdpSamples.Read("obs-whip")); // sends picture and sound

        Assert.Equal(MediaSource.PupilAudio, Assert.Single(accepted.Media, media => media.Uplink is not null).Uplink);
        Assert.DoesNotContain(accepted.Media, media => media.Downlink is not null);
    }

    [Theory]
    [InlineData("a=setup:actpass", "a=setup:passive", JoinRefusal.NothingUsable)]
    [InlineData("a=fingerprint:sha-256", "a=fingerprint:sha-1", JoinRefusal.MalformedOffer)]
    [InlineData("a=ice-pwd:", "a=x-pwd:", JoinRefusal.MalformedOffer)]
    [InlineData("a=rtcp-mux\r\n", "", JoinRefusal.NothingUsable)]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP", JoinRefusal.NothingUsable)]
    [InlineData("v=0", "v=9", JoinRefusal.MalformedOffer)]
    public void What_cannot_work_is_refused_in_words(string text, string replacement, JoinRefusal expected)
    {
        var offer = SdpSamples.Read("chromium-whep").Replace(text, replacement, StringComparison.Ordinal);

        Assert.False(OfferNegotiator.TryNegotiate(PeerRole.Pupil, ParsedSdp.Offer(offer), Local, RoomCodecs.Nobody, out _, out var refusal));

        Assert.Equal(expected, refusal.Reason);
        Assert.NotEmpty(refusal.Detail);
    }

    [Fact]
    public void Sections_outside_of_the_bundle_are_rejected()
    {
        var offer = SdpSamples.Read("chromium-whep").Replace("BUNDLE 0 1 2", "BUNDLE 1", StringComparison.Ordinal);

        var answer = Parse(Accept(PeerRole.Pupil, offer));

        Assert.Equal([0, 9, 0], answer.Media.Select(media => media.Port));
        Assert.NotEmpty(answer.Media[1].Candidates);
    }

    [Fact]
    public void Without_a_bundle_only_the_first_usable_section_is_taken()
    {
        var offer = SdpSamples.Read("chromium-whep").Replace("a=group:BUNDLE 0 1 2\r\n", "", StringComparison.Ordinal);

        var answer = Parse(Accept(PeerRole.Pupil, offer));

        Assert.Equal([9, 0, 0], answer.Media.Select(media => media.Port));
        Assert.Empty(answer.Groups);
    }

    [Theory]
    [MemberData(nameof(SdpSamples.All), MemberType = typeof(SdpSamples))]
    public void No_cut_or_bent_offer_makes_it_throw(string sample)
    {
        var text = SdpSamples.Read(sample);
        var random = new Random(20_261_123);
        for (var length = 0; length < text.Length; length += 7) Try(text[..length]);
        for (var i = 0; i < 400; i++)
        {
            var bent = text.ToCharArray();
            bent[random.Next(bent.Length)] = (char)random.Next(1, 128);
            Try(new string(bent));
        }

        static void Try(string offer)
        {
            foreach (var role in Enum.GetValues<PeerRole>())
            {
                var isAccepted = OfferNegotiator.TryNegotiate(role, ParsedSdp.Offer(offer), Local, RoomCodecs.Nobody, out var accepted, out var refusal);
                Assert.Equal(isAccepted, accepted is not null && refusal is null);
                if (accepted is not null) Assert.True(SessionDescription.TryParse(accepted.AnswerSdp, out _, out var error), error?.ToString());
            }
        }
    }

    private static AcceptedOffer Accept(PeerRole role, string offer)
    {
        Assert.True(OfferNegotiator.TryNegotiate(role, ParsedSdp.Offer(offer), Local, RoomCodecs.Nobody, out var accepted, out var refusal), refusal?.Detail);
        return accepted;
    }

    private static SessionDescription Parse(AcceptedOffer accepted)
    {
        Assert.True(SessionDescription.TryParse(accepted.AnswerSdp, out var answer, out var error), error?.ToString());
        return answer;
    }

    private static string TwoAudioSections()
    {
        var parts = SdpSamples.Read("chromium-whep").Split("m=");
        var audio = parts[2].Replace("a=sendrecv", "a=recvonly", StringComparison.Ordinal);
        return string.Join("m=", parts[0], parts[1], audio, audio.Replace("a=mid:1", "a=mid:2", StringComparison.Ordinal));
    }

    private static string WithoutH264(string offer) => offer.Replace("H264/90000", "H265/90000", StringComparison.Ordinal);

    private static string Name(MediaDirection direction) => direction.ToString().ToLowerInvariant();
}

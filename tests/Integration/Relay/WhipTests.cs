using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using AV1Relay.Sfu;
using AV1Relay.Tests.Integration.Sfu;
using AV1Relay.WebRtc;
using AV1Relay.WebRtc.Ice;
using AV1Relay.WebRtc.Peer;
using AV1Relay.WebRtc.Rtcp;
using AV1Relay.WebRtc.Rtp;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>WHIP and WHEP as a client meets them: one test a status, and what a refusal leaves alone.</summary>
public sealed class WhipTests : IAsyncLifetime
{
    private const string Sdp = "application/sdp";
    private const string Fragment = "application/trickle-ice-sdpfrag";
    private const string Candidate = "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n";
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly HttpMethod Post = HttpMethod.Post;

    private readonly List<OfferingPeer> _peers = [];
    private RunningRelay _relay = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private MediaRelay Media => _relay.Services.GetRequiredService<MediaRelay>();

    public async ValueTask InitializeAsync() => _relay = await RunningRelay.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _peers.ForEach(peer => peer.Dispose());
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task An_offer_is_answered_with_a_resource_that_its_owner_can_change_and_end()
    {
        var (robot, pupil) = (Peer(SocketPeer.Robot()), Peer(SocketPeer.Pupil()));

        using var published = await SendAsync(Post, "/whip/room-1", Token(SessionRole.Robot), Sdp, robot.CreateOffer());
        using var played = await SendAsync(Post, "/whep/room-1", Token(SessionRole.Pupil), Sdp, pupil.CreateOffer());

        await AssertJoinedAsync(published, "/whip/room-1/", robot);
        await AssertJoinedAsync(played, "/whep/room-1/", pupil);
        Assert.Equal(2, Media.GetStatistics().Peers);
    }

    [Theory]
    [InlineData("/whip/room-1")]
    [InlineData("/whep/room-1")]
    [InlineData("/whep/room-1/some-resource")]
    public async Task A_page_from_anywhere_may_ask_first(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://school.example");

        using var answer = await _relay.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(["POST", "PATCH", "DELETE", "OPTIONS"], Header(answer, "Access-Control-Allow-Methods").Split(", "));
        Assert.Equal(["Authorization", "Content-Type", "If-Match"], Header(answer, "Access-Control-Allow-Headers").Split(", "));
        Assert.Equal(Sdp, Header(answer, "Accept-Post"));
    }

    [Fact]
    public async Task An_ice_restart_names_the_session_that_it_replaces_or_any()
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);

        using var named = await RestartAsync(resource, etag, peer.RestartIce(TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(Fragment, named.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(etag, named.Headers.ETag?.Tag);
        Assert.True(peer.TryApplyRestart(await named.Content.ReadAsStringAsync(Cancellation), TimeSpan.Zero, out var error), error);

        using var any = await RestartAsync(resource, "*", peer.RestartIce(TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, any.StatusCode);
        Assert.NotEqual(named.Headers.ETag, any.Headers.ETag);
        Assert.True(peer.TryApplyRestart(await any.Content.ReadAsStringAsync(Cancellation), TimeSpan.Zero, out error), error);
    }

    [Fact]
    public async Task Candidates_alone_are_taken_without_a_word()
    {
        var (_, resource, etag) = await JoinAsync(SessionRole.Robot);

        using var answer = await RestartAsync(resource, etag, Candidate);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task A_restart_of_an_earlier_ice_session_comes_too_late()
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);
        (await RestartAsync(resource, etag, peer.RestartIce(TimeSpan.Zero))).Dispose();

        await AssertRefusedAsync(412, "stale-etag", () => RestartAsync(resource, etag, peer.RestartIce(TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_restart_that_names_no_ice_session_is_asked_to()
    {
        var (peer, resource, _) = await JoinAsync(SessionRole.Robot);

        await AssertRefusedAsync(428, "etag-missing", () => RestartAsync(resource, null, peer.RestartIce(TimeSpan.Zero)));
    }

    [Fact]
    public async Task Who_leaves_is_gone_at_once_and_only_once()
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);

        using var left = await SendAsync(HttpMethod.Delete, resource, Token(SessionRole.Robot));

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Null(Media.Find("room-1"));
        await AssertRefusedAsync(404, "no-such-resource", () => SendAsync(HttpMethod.Delete, resource, Token(SessionRole.Robot)));
        await AssertRefusedAsync(404, "no-such-resource", () => RestartAsync(resource, etag, peer.RestartIce(TimeSpan.Zero)));
    }

    [Fact]
    public async Task Nobody_ends_or_changes_the_connection_of_another()
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Pupil);
        var other = Token(SessionRole.Pupil, identity: "device:other");

        await AssertRefusedAsync(404, "no-such-resource", () => SendAsync(HttpMethod.Delete, resource, other));
        await AssertRefusedAsync(
            404, "no-such-resource", () => SendAsync(HttpMethod.Patch, resource, other, Fragment, peer.RestartIce(TimeSpan.Zero), etag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Dear relay, please let me in.")]
    [InlineData("v=0\r\nm=video")]
    public async Task What_is_no_offer_is_malformed(string offer)
    {
        await JoinAsync(SessionRole.Robot);

        await AssertRefusedAsync(400, "malformed-offer", () => SendAsync(Post, "/whep/room-1", Token(SessionRole.Pupil), Sdp, offer));
    }

    [Fact]
    public async Task What_is_no_fragment_is_malformed()
    {
        var (_, resource, etag) = await JoinAsync(SessionRole.Robot);

        await AssertRefusedAsync(400, "malformed-fragment", () => RestartAsync(resource, etag, "m=video\r\n"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Basic cHVwaWw6cHVwaWw=")]
    public async Task Without_a_good_token_nobody_gets_in_changes_or_ends_anything(string? authorization)
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);

        await AssertAsksForTokenAsync(() => SendRawAsync(Post, "/whip/room-1", authorization, Sdp, peer.CreateOffer()));
        await AssertAsksForTokenAsync(() => SendRawAsync(HttpMethod.Patch, resource, authorization, Fragment, peer.RestartIce(TimeSpan.Zero), etag));
        await AssertAsksForTokenAsync(() => SendRawAsync(HttpMethod.Delete, resource, authorization));
    }

    [Fact]
    public async Task A_token_whose_time_is_over_is_none()
    {
        var (_, resource, _) = await JoinAsync(SessionRole.Pupil);
        var token = Token(SessionRole.Pupil, lasts: TimeSpan.FromSeconds(10));
        var offer = Peer(SocketPeer.Pupil()).CreateOffer();

        _relay.Time.Advance(TimeSpan.FromSeconds(10));

        await AssertAsksForTokenAsync(() => SendAsync(Post, "/whep/room-1", token, Sdp, offer));
        await AssertAsksForTokenAsync(() => SendAsync(HttpMethod.Delete, resource, token));
    }

    [Theory]
    [InlineData(SessionRole.Robot, "/whep/room-1")]
    [InlineData(SessionRole.Pupil, "/whip/room-1")]
    [InlineData(SessionRole.Observer, "/whip/room-1")]
    public async Task Robots_publish_and_the_others_play(SessionRole role, string path)
    {
        await AssertRefusedAsync(403, "wrong-role", () => SendAsync(Post, path, Token(role), Sdp, Offer(role)));
    }

    [Fact]
    public async Task A_token_of_another_session_opens_no_door_here()
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);
        var token = Token(SessionRole.Robot, session: "room-2");

        await AssertRefusedAsync(403, "wrong-session", () => SendAsync(Post, "/whip/room-1", token, Sdp, peer.CreateOffer()));
        await AssertRefusedAsync(
            403, "wrong-session", () => SendAsync(HttpMethod.Patch, resource, token, Fragment, peer.RestartIce(TimeSpan.Zero), etag));
        await AssertRefusedAsync(403, "wrong-session", () => SendAsync(HttpMethod.Delete, resource, token));
    }

    [Fact]
    public async Task The_pupils_seat_is_taken_for_every_other_device_and_not_for_its_own()
    {
        await JoinAsync(SessionRole.Pupil);

        await AssertRefusedAsync(
            409, "somebody-else",
            () => SendAsync(Post, "/whep/room-1", Token(SessionRole.Pupil, identity: "device:other"), Sdp, Offer(SessionRole.Pupil)));
        await JoinAsync(SessionRole.Pupil);
        Assert.Equal(1, Media.GetStatistics().Peers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_64_kilobytes_is_too_large(bool hasNoLength)
    {
        var padding = new string('x', MaxBodyBytes + 1);
        var (_, resource, etag) = await JoinAsync(SessionRole.Robot);

        await AssertRefusedAsync(413, "too-large", () => SendAsync(Post, "/whep/room-1", Token(SessionRole.Pupil), Sdp, padding, hasNoLength: hasNoLength));
        await AssertRefusedAsync(413, "too-large", () => RestartAsync(resource, etag, padding));
    }

    [Fact]
    public async Task A_body_of_64_kilobytes_is_read()
    {
        var offer = Offer(SessionRole.Robot);
        // Attributes that nobody knows, in lines of a decent length, up to the last byte.
        var filled = new StringBuilder(offer);
        while (filled.Length < MaxBodyBytes)
        {
            var line = Math.Min(1_000, MaxBodyBytes - filled.Length);
            if (MaxBodyBytes - filled.Length - line is > 0 and < 10) line -= 10;
            filled.Append("a=x:").Append('y', line - 6).Append("\r\n");
        }

        using var answer = await SendAsync(Post, "/whip/room-1", Token(SessionRole.Robot), Sdp, filled.ToString());

        Assert.Equal(MaxBodyBytes, filled.Length);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_not_looked_at(string? type)
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);

        await AssertRefusedAsync(415, "wrong-type", () => SendAsync(Post, "/whip/room-1", Token(SessionRole.Robot), type, peer.CreateOffer()));
        await AssertRefusedAsync(
            415, "wrong-type",
            () => SendAsync(HttpMethod.Patch, resource, Token(SessionRole.Robot), type, peer.RestartIce(TimeSpan.Zero), etag));
    }

    [Fact]
    public async Task An_offer_of_codecs_that_nobody_here_knows_is_of_no_use()
    {
        var offer = Offer(SessionRole.Robot).Replace("H264", "H265", StringComparison.Ordinal).Replace("opus", "speex", StringComparison.Ordinal);

        await AssertRefusedAsync(422, "nothing-usable", () => SendAsync(Post, "/whip/room-1", Token(SessionRole.Robot), Sdp, offer));
    }

    [Fact]
    public async Task A_session_has_room_for_four_observers()
    {
        for (var i = 0; i < 4; i++)
            await JoinAsync(SessionRole.Observer, $"observer:{i}");

        var answer = await AssertRefusedAsync(
            429, "too-many",
            () => SendAsync(Post, "/whep/room-1", Token(SessionRole.Observer, identity: "observer:4"), Sdp, Offer(SessionRole.Observer)));

        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_relay_that_stops_says_when_to_try_again_and_keeps_who_is_there()
    {
        var (peer, resource, etag) = await JoinAsync(SessionRole.Robot);
        Media.Drain();

        var answer = await AssertRefusedAsync(
            503, "draining", () => SendAsync(Post, "/whep/room-1", Token(SessionRole.Pupil), Sdp, Offer(SessionRole.Pupil)));

        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        using var restarted = await RestartAsync(resource, etag, peer.RestartIce(TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, restarted.StatusCode);
    }

    private static async Task AssertJoinedAsync(HttpResponseMessage answer, string under, OfferingPeer peer)
    {
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(Sdp, answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(under, answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(under, answer.Headers.Location?.ToString());
        Assert.False(answer.Headers.ETag?.IsWeak);
        Assert.Equal(Fragment, Header(answer, "Accept-Patch"));
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Superset(new HashSet<string>(["Location", "ETag"]), Header(answer, "Access-Control-Expose-Headers").Split(", ").ToHashSet());
        Assert.True(peer.TryApplyAnswer(await answer.Content.ReadAsStringAsync(Cancellation), TimeSpan.Zero, out var error), error);
    }

    /// <summary>Refused in the words of RFC 9457, readable by any page, and everybody is where they were.</summary>
    private async Task<HttpResponseMessage> AssertRefusedAsync(int status, string problem, Func<Task<HttpResponseMessage>> sending)
    {
        var (room, peers) = (Media.Find("room-1"), Media.GetStatistics().Peers);

        var answer = await sending();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal($"urn:av1relay:problem:{problem}", body.GetProperty("type").GetString());
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(body.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrEmpty(body.GetProperty("detail").GetString()));
        Assert.Null(answer.Headers.Location);
        Assert.Same(room, Media.Find("room-1"));
        Assert.Equal(peers, Media.GetStatistics().Peers);
        return answer;
    }

    private async Task AssertAsksForTokenAsync(Func<Task<HttpResponseMessage>> sending)
    {
        var answer = await AssertRefusedAsync(401, "unauthenticated", sending);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    private async Task<(OfferingPeer Peer, string Resource, string ETag)> JoinAsync(SessionRole role, string? identity = null)
    {
        var peer = Peer(MediaOf(role));
        var path = role == SessionRole.Robot ? "/whip/room-1" : "/whep/room-1";
        using var answer = await SendAsync(Post, path, Token(role, identity), Sdp, peer.CreateOffer());
        await AssertJoinedAsync(answer, $"{path}/", peer);
        return (peer, answer.Headers.Location!.ToString(), answer.Headers.ETag!.Tag); // asserted above
    }

    private Task<HttpResponseMessage> RestartAsync(string resource, string? ifMatch, string fragment) =>
        SendAsync(HttpMethod.Patch, resource, Token(SessionRole.Robot), Fragment, fragment, ifMatch);

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string token, string? type = null, string? body = null, string? ifMatch = null, bool hasNoLength = false) =>
        SendRawAsync(method, path, $"Bearer {token}", type, body, ifMatch, hasNoLength);

    private async Task<HttpResponseMessage> SendRawAsync(
        HttpMethod method, string path, string? authorization, string? type = null, string? body = null, string? ifMatch = null, bool hasNoLength = false)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TransferEncodingChunked = hasNoLength;
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        }

        return await _relay.Http.SendAsync(request, Cancellation);
    }

    private string Token(SessionRole role, string? identity = null, string session = "room-1", TimeSpan? lasts = null)
    {
        var now = _relay.Time.GetUtcNow();
        return _relay.Services.GetRequiredService<ITokenIssuer>().Issue(new SessionToken(
            session, role, identity ?? $"{role}:one", role == SessionRole.Observer ? "Ms Green" : null, CapabilitySet.Everything,
            now, now + (lasts ?? TimeSpan.FromHours(1)), IsAdHoc: true, RobotName: null)).Value;
    }

    private string Offer(SessionRole role) => Peer(MediaOf(role)).CreateOffer();

    private OfferingPeer Peer(IReadOnlyList<OfferedMedia> media)
    {
        var here = TransportAddress.From(new IPEndPoint(IPAddress.Loopback, 9));
        var peer = new OfferingPeer(SocketPeer.Dtls, [IceCandidate.Host(here)], media, NoMedia.Instance);
        _peers.Add(peer);
        return peer;
    }

    private static IReadOnlyList<OfferedMedia> MediaOf(SessionRole role) => role switch
    {
        SessionRole.Robot => SocketPeer.Robot(),
        SessionRole.Pupil => SocketPeer.Pupil(),
        _ => [SocketPeer.Pupil()[0]],
    };

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private sealed class NoMedia : IPeerMediaSink
    {
        public static readonly NoMedia Instance = new();

        public void OnRtp(in RtpPacket packet, TimeSpan now)
        {
        }

        public void OnRtcp(RtcpReader reader, TimeSpan now)
        {
        }
    }
}

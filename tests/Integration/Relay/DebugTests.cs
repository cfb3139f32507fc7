using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What a technician sees of a session, and that nobody else sees it: one test a status.</summary>
public sealed class DebugTests : IAsyncLifetime
{
    private const string Url = "/debug/session/room-1";
    private RunningRelay _relay = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _relay = await RunningRelay.StartAsync();

    public async ValueTask DisposeAsync() => await _relay.DisposeAsync();

    [Fact]
    public async Task A_technician_sees_statistics_by_their_standard_names()
    {
        using var call = await LoopbackCall.StartAsync(_relay, "room-1");
        call.Exchange(packets: 50);

        using var answer = await GetAsync(Url, await _relay.RunAsync("debug-token"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var report = JsonDocument.Parse(text).RootElement;
        Assert.Equal("room-1", report.GetProperty("session").GetString());
        Assert.True(report.GetProperty("room").GetProperty("robotPublishing").GetBoolean());
        Assert.Equal(["videoToPupil", "audioToPupil", "audioFromPupil"], Words(report.GetProperty("rights").GetProperty("effective")));
        Assert.Equal(["robot", "pupil"], report.GetProperty("peers").EnumerateObject().Select(peer => peer.Name));
        Assert.True(report.GetProperty("shard").GetProperty("forwardingLatency").GetProperty("count").GetInt64() > 0);

        var stats = report.GetProperty("stats");
        Assert.All(stats.EnumerateObject(), entry => Assert.Equal(entry.Name, entry.Value.GetProperty("id").GetString()));
        Assert.Superset(
            new HashSet<string?> { "inbound-rtp", "outbound-rtp", "transport", "candidate-pair", "local-candidate", "remote-candidate", "codec" },
            stats.EnumerateObject().Select(entry => entry.Value.GetProperty("type").GetString()).ToHashSet());
        var inbound = stats.GetProperty("robot/inbound-robot-video");
        Assert.Equal((50, 11, "video", "v"), (Number(inbound, "packetsReceived"), Number(inbound, "ssrc"), Word(inbound, "kind"), Word(inbound, "mid")));
        var outbound = stats.GetProperty("pupil/outbound-robot-video");
        Assert.Equal(50, Number(outbound, "packetsSent"));
        Assert.True(Number(outbound, "bytesSent") > 0 && outbound.GetProperty("active").GetBoolean());
        var transport = stats.GetProperty("pupil/transport");
        Assert.Equal(("connected", "FEFD"), (Word(transport, "dtlsState"), Word(transport, "tlsVersion")));
        Assert.Equal("succeeded", Word(stats.GetProperty(Word(transport, "selectedCandidatePairId")!), "state"));
    }

    [Fact]
    public async Task Nothing_personal_is_shown()
    {
        using var call = await LoopbackCall.StartAsync(_relay, "room-1", identity: "device-of-somebody");

        using var answer = await GetAsync(Url, await _relay.RunAsync("debug-token"));

        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("device-of-somebody", text, StringComparison.Ordinal);
        foreach (var stats in JsonDocument.Parse(text).RootElement.GetProperty("stats").EnumerateObject().Select(entry => entry.Value))
        {
            if (Word(stats, "type") == "remote-candidate") Assert.Equal("127.0.0.0/24", Word(stats, "address"));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Without_a_good_token_it_is_401(string? token)
    {
        using var call = await LoopbackCall.StartAsync(_relay, "room-1");

        using var answer = await GetAsync(Url, token);

        await AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_token_that_is_over_is_401()
    {
        var token = await _relay.RunAsync("debug-token", "--ttl", "1m");
        _relay.Time.Advance(TimeSpan.FromSeconds(61));

        using var answer = await GetAsync(Url, token);

        await AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("robot")]
    [InlineData("pupil")]
    [InlineData("observer")]
    public async Task Somebody_who_takes_part_is_403(string role)
    {
        using var call = await LoopbackCall.StartAsync(_relay, "room-1");

        using var answer = await GetAsync(Url, await _relay.RunAsync("token", "--session", "room-1", "--role", role));

        await AssertProblemAsync(answer, HttpStatusCode.Forbidden, "wrong-role");
    }

    [Fact]
    public async Task A_token_for_one_session_is_403_at_another()
    {
        using var call = await LoopbackCall.StartAsync(_relay, "room-1");
        var token = await _relay.RunAsync("debug-token", "--session", "room-2");

        using var other = await GetAsync(Url, token);
        using var own = await GetAsync("/debug/session/room-2", token);

        await AssertProblemAsync(other, HttpStatusCode.Forbidden, "wrong-session");
        await AssertProblemAsync(own, HttpStatusCode.NotFound, "no-such-session");
    }

    [Fact]
    public async Task A_session_that_nobody_is_in_is_404()
    {
        using var answer = await GetAsync(Url, await _relay.RunAsync("debug-token"));

        await AssertProblemAsync(answer, HttpStatusCode.NotFound, "no-such-session");
    }

    [Fact]
    public async Task A_technicians_token_opens_no_session()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/whep/room-1") { Content = new StringContent("v=0", null, "application/sdp") };
        request.Headers.Authorization = new("Bearer", await _relay.RunAsync("debug-token"));

        using var answer = await _relay.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_technicians_token_is_short_recorded_and_says_so_in_json()
    {
        var (exitCode, _, error) = await _relay.TryRunAsync("debug-token", "--ttl", "9h");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("8h", error, StringComparison.Ordinal);

        var json = JsonDocument.Parse(await _relay.RunAsync("debug-token", "--session", "room-1", "--json")).RootElement;

        Assert.Equal(_relay.Time.GetUtcNow().AddMinutes(15), json.GetProperty("expiresAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        Assert.Contains("holds: 1 entries", await _relay.RunAsync("audit", "verify"), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Words(JsonElement array) => array.EnumerateArray().Select(word => word.GetString());

    private static string? Word(JsonElement stats, string name) => stats.GetProperty(name).GetString();

    private static long Number(JsonElement stats, string name) => stats.GetProperty(name).GetInt64();

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string slug)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal($"urn:av1relay:problem:{slug}", problem.GetProperty("type").GetString());
    }

    private async Task<HttpResponseMessage> GetAsync(string url, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await _relay.Http.SendAsync(request, Cancellation);
    }
}

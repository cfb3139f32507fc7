using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AV1Relay.Api.Limits;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class JoinTests : IAsyncLifetime
{
    private readonly DirectoryInfo _pages = Directory.CreateTempSubdirectory("av1relay-pages");
    private RunningRelay _relay = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_pages.FullName, "index.html"), "<!doctype html><title>My class</title>", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_pages.FullName, "main.js"), "export {};", Cancellation);
        _relay = await RunningRelay.StartAsync(pages: _pages.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        _pages.Delete(recursive: true);
    }

    [Fact]
    public async Task Looking_at_a_link_never_uses_it_up_and_tapping_does()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");
        Assert.StartsWith($"{_relay.Urls.PageUrl}/join/", link, StringComparison.Ordinal);
        for (var preview = 0; preview < 3; preview++)
            Assert.Equal(HttpStatusCode.OK, (await _relay.Http.GetAsync(link, Cancellation)).StatusCode);

        using var joined = await _relay.Http.PostAsync(link, null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        var reply = await joined.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("room-1", reply.GetProperty("session").GetString());
        Assert.Equal("/whep/room-1", reply.GetProperty("whepUrl").GetString());
        Assert.Equal(CapabilitySet.Everything.ToNames(), reply.GetProperty("capabilities").EnumerateArray().Select(name => name.GetString()));
        var token = await TokenOfAsync(reply);
        Assert.Equal(SessionRole.Pupil, token.Role);
        Assert.Equal(token.NotAfter.ToUnixTimeSeconds(), reply.GetProperty("expiresAt").GetDateTimeOffset().ToUnixTimeSeconds());

        using var again = await _relay.Http.PostAsync(link, null, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal("application/problem+json", again.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:av1relay:problem:code-over", (await again.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Of_many_taps_at_once_one_gets_in()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _relay.Http.PostAsync(link, null, Cancellation)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_lives_a_quarter_of_an_hour_unless_said_otherwise()
    {
        var (standard, longer) = (await _relay.RunAsync("link", "--session", "a"), await _relay.RunAsync("link", "--session", "b", "--ttl", "12h"));
        _relay.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(HttpStatusCode.Gone, (await _relay.Http.PostAsync(standard, null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _relay.Http.PostAsync(longer, null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Spelling_is_forgiven()
    {
        var code = new Uri(await _relay.RunAsync("link", "--session", "room-1")).Segments[^1];

        var typed = Uri.EscapeDataString(code.ToUpperInvariant().Replace('-', ' '));

        Assert.Equal(HttpStatusCode.OK, (await _relay.Http.PostAsync($"/join/{typed}", null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_tries_bring_a_pause_that_ends()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");
        for (var time = 0; time < SourceGuard.Tries; time++)
            Assert.Equal(HttpStatusCode.NotFound, (await _relay.Http.PostAsync("/join/amber-otter-12345", null, Cancellation)).StatusCode);

        using var paused = await _relay.Http.PostAsync(link, null, Cancellation);
        Assert.Equal(HttpStatusCode.TooManyRequests, paused.StatusCode);
        Assert.Equal(SourceGuard.FirstPause, paused.Headers.RetryAfter?.Delta);

        _relay.Time.Advance(SourceGuard.FirstPause);
        Assert.Equal(HttpStatusCode.OK, (await _relay.Http.PostAsync(link, null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_look_at_today_uses_no_code_up_and_gives_no_seat()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");

        for (var look = 0; look < 2; look++)
        {
            using var looked = await _relay.Http.PostAsync($"{link}/today", null, Cancellation);
            var reply = await looked.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
            Assert.Equal(CapabilitySet.Everything.ToNames(), reply.GetProperty("capabilities").EnumerateArray().Select(name => name.GetString()));
            Assert.False(reply.TryGetProperty("token", out _));
            Assert.False(looked.Headers.Contains("Set-Cookie"));
            Assert.True(looked.Headers.CacheControl?.NoStore);
        }

        Assert.Equal(HttpStatusCode.OK, (await _relay.Http.PostAsync(link, null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await _relay.Http.PostAsync($"{link}/today", null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Looking_with_wrong_codes_costs_the_same_tries_as_joining_with_them()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");
        for (var time = 0; time < SourceGuard.Tries; time++)
        {
            var path = time % 2 == 0 ? "/join/amber-otter-12345/today" : "/join/amber-otter-12345";
            Assert.Equal(HttpStatusCode.NotFound, (await _relay.Http.PostAsync(path, null, Cancellation)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await _relay.Http.PostAsync($"{link}/today", null, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _relay.Http.PostAsync(link, null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Who_has_one_good_code_clears_no_wrong_tries_away_by_looking_at_it()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");
        for (var time = 0; time < SourceGuard.Tries; time++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _relay.Http.PostAsync($"{link}/today", null, Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await _relay.Http.PostAsync("/join/amber-otter-12345", null, Cancellation)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await _relay.Http.PostAsync($"{link}/today", null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_types_no_codes_here_and_uses_up_nobodys_tries()
    {
        var link = await _relay.RunAsync("link", "--session", "room-1");
        for (var time = 0; time <= SourceGuard.Tries; time++)
        {
            using var foreign = new HttpRequestMessage(HttpMethod.Post, time % 2 == 0 ? "/join/amber-otter-12345" : "/join/amber-otter-12345/today") { Headers = { { "Origin", "https://elsewhere.example" } } };
            Assert.Equal(HttpStatusCode.Forbidden, (await _relay.Http.SendAsync(foreign, Cancellation)).StatusCode);
        }

        using var own = new HttpRequestMessage(HttpMethod.Post, link) { Headers = { { "Origin", _relay.Urls.PageUrl }, { "Sec-Fetch-Site", "same-origin" } } };
        Assert.Equal(HttpStatusCode.OK, (await _relay.Http.SendAsync(own, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_pupil_has_tries_of_their_own()
    {
        await using var relay = await RunningRelay.StartAsync(publicUrl: "https://relay.example.org", trustedProxy: "127.0.0.1/32");
        var link = new Uri(await relay.RunAsync("link", "--session", "room-1")).AbsolutePath;
        for (var time = 0; time < SourceGuard.Tries; time++)
            Assert.Equal(HttpStatusCode.NotFound, (await TypeAsync(relay, "/join/amber-otter-12345", from: "192.0.2.7")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await TypeAsync(relay, link, from: "192.0.2.7")).StatusCode);
        using var joined = await TypeAsync(relay, link, from: "192.0.2.8");

        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        Assert.Contains("secure", Assert.Single(joined.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nobodys_word_is_taken_for_where_they_come_from_without_a_trusted_proxy()
    {
        for (var time = 0; time < SourceGuard.Tries; time++)
            await TypeAsync(_relay, "/join/amber-otter-12345", from: $"192.0.2.{time}");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await TypeAsync(_relay, "/join/amber-otter-12345", from: "192.0.2.99")).StatusCode);
    }

    [Fact]
    public async Task While_many_addresses_guess_one_wrong_code_is_enough_for_a_pause_and_a_right_one_is_let_in()
    {
        await using var relay = await RunningRelay.StartAsync(publicUrl: "https://relay.example.org", trustedProxy: "127.0.0.1/32");
        var link = new Uri(await relay.RunAsync("link", "--session", "room-1")).AbsolutePath;
        for (var guess = 0; guess <= UnknownCodes.Burst; guess++) await TypeAsync(relay, "/join/amber-otter-12345", from: $"198.51.{guess / 100}.{guess % 100}");

        Assert.Equal(HttpStatusCode.NotFound, (await TypeAsync(relay, "/join/amber-otter-12345", from: "192.0.2.7")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TypeAsync(relay, "/join/amber-otter-12345", from: "192.0.2.7")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await TypeAsync(relay, link, from: "192.0.2.8")).StatusCode);
        Assert.Contains(relay.Log.All, line => line.Contains("somebody guesses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_codes_of_pupils_hold_up_no_technician()
    {
        for (var time = 0; time < SourceGuard.Tries; time++)
            await _relay.Http.PostAsync("/join/amber-otter-12345", null, Cancellation);

        using var robot = await _relay.EnrolAsync();

        Assert.NotEmpty(robot.Name);
    }

    [Fact]
    public async Task The_same_browser_is_the_same_device_and_another_one_is_not()
    {
        var first = await JoinAsync(_relay.Http);
        var again = await JoinAsync(_relay.Http);
        using var otherBrowser = new HttpClient { BaseAddress = _relay.Http.BaseAddress };
        var other = await JoinAsync(otherBrowser);

        Assert.Equal(first.Identity, again.Identity);
        Assert.NotEqual(first.Identity, other.Identity);
    }

    [Fact]
    public async Task A_pupils_time_ends_with_the_robots()
    {
        using var robot = await _relay.EnrolAsync();
        await _relay.RunAsync("token", "--session", "room-1", "--role", "robot", "--robot", robot.Name, "--ttl", "40m");

        var token = await JoinAsync(_relay.Http);

        Assert.Equal(_relay.Time.GetUtcNow().AddMinutes(40), token.NotAfter, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/join/amber-otter-1234", "text/html")]
    [InlineData("/app/main.js", "text/javascript")]
    public async Task Every_page_keeps_to_itself(string path, string type)
    {
        using var page = await _relay.Http.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(type, page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.StartsWith("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("camera=()", Assert.Single(page.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/app/../relay.db")]
    [InlineData("/app/%2e%2e/relay/relay.db")]
    [InlineData("/app/nothing.js")]
    public async Task Nothing_but_the_pages_is_served(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _relay.Http.GetAsync(path, Cancellation)).StatusCode);

    /// <summary>As a proxy passes it on.</summary>
    private static async Task<HttpResponseMessage> TypeAsync(RunningRelay relay, string path, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "X-Forwarded-For", from }, { "X-Forwarded-Proto", "https" } } };
        return await relay.Http.SendAsync(request, Cancellation);
    }

    private async Task<SessionToken> JoinAsync(HttpClient browser)
    {
        using var joined = await browser.PostAsync(await _relay.RunAsync("link", "--session", "room-1"), null, Cancellation);
        return await TokenOfAsync(await joined.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private async Task<SessionToken> TokenOfAsync(JsonElement reply)
    {
        var validation = await _relay.Services.GetRequiredService<IBearerTokens>()
            .ValidateAsync($"Bearer {reply.GetProperty("token").GetString()}", Cancellation);
        Assert.NotNull(validation.Token);
        return validation.Token;
    }
}

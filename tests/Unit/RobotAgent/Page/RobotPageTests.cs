using System.Net;
using System.Text.Json;
using AV1Relay.RobotAgent.Body;
using AV1Relay.RobotAgent.Page;
using AV1Relay.RobotAgent.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AV1Relay.Tests.Unit.RobotAgent.Page;

public sealed class RobotPageTests : IAsyncLifetime
{
    private readonly SimulatedBody _body = new(TimeProvider.System);
    private readonly HttpClient _http = new();
    private RobotPage _page = null!; // set by InitializeAsync
    private int _presses;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _body.Curtain.Pressed += () => _presses++;
        _page = await RobotPage.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), () => Picture, _body, NullLoggerFactory.Instance);
    }

    [Fact]
    public async Task The_state_has_the_fields_that_others_read()
    {
        var state = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_page.Address, "state"), Cancelled)).RootElement;

        string[] names =
        [
            "name", "session", "link", "live", "lights", "lightFrame", "pose", "target", "range", "handRaised", "mood", "passive", "needsAMinute",
            "microphone", "cameraLive", "microphoneLive", "speaker", "jitterBufferMs", "videoCodec", "bitrateBps", "width", "height", "encodeMsP50",
            "counters", "faults", "volume", "voiceReach",
        ];
        Assert.All(names, name => Assert.True(state.TryGetProperty(name, out _), name));
        Assert.Equal(12, state.GetProperty("lightFrame").GetArrayLength());
        Assert.Equal(-3.5, state.GetProperty("pose").GetProperty("pan").GetDouble());
        Assert.Equal(523, state.GetProperty("speaker").GetProperty("toneHz").GetDouble());
        Assert.True(state.GetProperty("counters").TryGetProperty("commandsOutOfOrder", out _));
    }

    [Fact]
    public async Task The_page_asks_nobody_else_for_anything()
    {
        using var answer = await _http.GetAsync(_page.Address, Cancelled);
        var html = await answer.Content.ReadAsStringAsync(Cancelled) + await _http.GetStringAsync(new Uri(_page.Address, "robot.js"), Cancelled);

        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<audio", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<video", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_simulated_curtain_is_pressed_by_the_page_and_not_by_another_site()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await PressAsync(_page.Address.GetLeftPart(UriPartial.Authority))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PressAsync("https://elsewhere.example")).StatusCode);

        Assert.Equal(1, _presses);
    }

    [Fact]
    public async Task The_simulated_volume_buttons_are_pressed_by_the_page()
    {
        List<int> presses = [];
        _body.Volume.Pressed += presses.Add;

        foreach (var button in (string[])["louder", "softer", "softer"])
        {
            using var answer = await _http.PostAsync(new Uri(_page.Address, button), null, Cancelled);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal([1, -1, -1], presses);
    }

    [Fact]
    public async Task A_name_that_points_here_from_elsewhere_gets_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_page.Address, "state"));
        request.Headers.Host = "rebound.example";

        using var answer = await _http.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_real_robots_buttons_are_pressed_by_hand()
    {
        await using var page = await RobotPage.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), () => Picture, null, NullLoggerFactory.Instance);

        using var answer = await _http.PostAsync(new Uri(page.Address, "curtain"), null, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _page.DisposeAsync();
        await _body.DisposeAsync();
    }

    private static RobotPicture Picture { get; } = new(
        "robot-1", "lesson", "connected", null, true, "live", "green", [.. Enumerable.Repeat((int[])[1, 2, 3, 4], 12)], new(-3.5, 2, 1), new(0, 0, 1),
        new(-150, 150, -25, 30, 4), true, "neutral", false, false, "speak", "usual", true, true, false, false, new("meter", -20, 523), 40, true, "H264", 1_200_000,
        640, 360, 1.5, 2, new(1, 2, 3, 4, 5), ["one"], true, 5, "clear", "640 × 360, as asked for", "libx264", "dark", new(140, 96, 51));

    private async Task<HttpResponseMessage> PressAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_page.Address, "curtain"));
        request.Headers.Add("Origin", origin);
        return await _http.SendAsync(request, Cancelled);
    }
}

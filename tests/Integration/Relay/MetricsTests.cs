using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AV1Relay.Sfu;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>What <c>/metrics</c> holds, what it never holds, and who gets it.</summary>
public sealed partial class MetricsTests
{
    private const string Histogram = "av1relay_forwarding_duration_seconds";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_label_names_a_session_or_anybody_in_it()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();
        var token = await relay.RunAsync("token", "--session", "room-of-one-child", "--role", "pupil");
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/whep/room-of-one-child"))
        {
            request.Headers.Authorization = new("Bearer", token);
            using var refused = await relay.Http.SendAsync(request, Cancellation);
        }

        using var call = await LoopbackCall.StartAsync(relay, "room-of-one-child", "device-of-one-child");
        call.Exchange(packets: 20);
        await relay.Http.GetAsync("/debug/session/room-of-one-child", Cancellation);

        var page = await relay.Http.GetStringAsync("/metrics", Cancellation);

        Assert.Contains("http_server_request_duration", page, StringComparison.Ordinal); // its route label would be the place for an id
        Assert.DoesNotContain("of-one-child", page, StringComparison.Ordinal);
        Assert.DoesNotContain("robot-1", page, StringComparison.Ordinal);
        var names = Label().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Superset(new HashSet<string> { "le", "shard", "quantile" }, names);
        Assert.DoesNotContain(names, name => Personal().IsMatch(name));
    }

    [Fact]
    public async Task Forwarding_latency_is_a_histogram_a_shard_and_still_a_gauge_of_quantiles()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var call = await LoopbackCall.StartAsync(relay, "room-1");
        call.Exchange(packets: 20);

        var page = await relay.Http.GetStringAsync("/metrics", Cancellation);

        Assert.Contains($"# TYPE {Histogram} histogram\n", page, StringComparison.Ordinal);
        var buckets = Bucket().Matches(page).Select(match => (Bound: match.Groups[1].Value, Count: long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        Assert.Equal("+Inf", buckets[^1].Bound);
        Assert.Equal(buckets.Order(Comparer<(string, long Count)>.Create((a, b) => a.Count.CompareTo(b.Count))), buckets);
        Assert.Equal("0.000016", buckets[0].Bound);
        Assert.Matches($"{Histogram}_count\\{{shard=\"0\"\\}} {buckets[^1].Count}\n", page);
        Assert.Matches($"{Histogram}_sum\\{{shard=\"0\"\\}} [0-9.E-]+\n", page);
        Assert.InRange(buckets[^1].Count, 1, 60);
        Assert.Matches("\nav1relay_forwarding_latency_seconds\\{quantile=\"0.99\"\\} ", page);
        Assert.Matches("\nav1relay_forwarding_latency_seconds_count ", page);
    }

    [Fact]
    public async Task Every_limit_and_every_drop_is_there()
    {
        await using var relay = await RunningRelay.StartAsync();

        var page = await relay.Http.GetStringAsync("/metrics", Cancellation);

        Assert.All(
            relay.Services.GetRequiredService<MediaRelay>().GetStatistics().Counters.Keys,
            name => Assert.Contains($"\nav1relay_sfu_{name.Replace('.', '_')}", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "relay.example.org")]
    public async Task Whoever_comes_through_a_proxy_or_by_a_name_is_not_this_machine(string header, string value)
    {
        await using var relay = await RunningRelay.StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(relay, new Uri(relay.Http.BaseAddress!, "/metrics"), header: (header, value)));
    }

    [Fact]
    public async Task Behind_a_public_url_a_token_is_needed()
    {
        await using var relay = await RunningRelay.StartAsync(publicUrl: "https://relay.example.org");
        var page = new Uri(relay.Http.BaseAddress!, "/metrics");

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(relay, page));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(relay, page, "nonsense"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(relay, page, await relay.RunAsync("token", "--session", "a", "--role", "robot")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(relay, page, await relay.RunAsync("debug-token", "--session", "a")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(relay, page, await relay.RunAsync("debug-token")));
    }

    [Fact]
    public async Task A_door_of_its_own_serves_metrics_and_health_and_nothing_else()
    {
        await using var relay = await RunningRelay.StartAsync(metricsUrl: "http://127.0.0.1:0");
        var door = relay.Bound[2];

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(relay, new Uri(door, "/metrics"), header: ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(relay, new Uri(door, "/healthz")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(relay, new Uri(door, "/readyz")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(relay, new Uri(door, "/.well-known/av1relay")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(relay, new Uri(door, "/debug/session/a"), await relay.RunAsync("debug-token")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(relay, new Uri(relay.Http.BaseAddress!, "/metrics")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(relay, new Uri(relay.Http.BaseAddress!, "/.well-known/av1relay")));
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningRelay relay, Uri url, string? token = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (header is { } extra) request.Headers.TryAddWithoutValidation(extra.Name, extra.Value);
        using var answer = await relay.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    [GeneratedRegex("[{,]([a-zA-Z_][a-zA-Z0-9_]*)=\"")]
    private static partial Regex Label();

    [GeneratedRegex("session|room|peer|pupil|robot|child|device|ssrc|address|user", RegexOptions.IgnoreCase)]
    private static partial Regex Personal();

    [GeneratedRegex("av1relay_forwarding_duration_seconds_bucket\\{shard=\"0\",le=\"([^\"]+)\"\\} (\\d+)\n")]
    private static partial Regex Bucket();
}

using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Who has come by HTTPS once is never led to come in the clear (HSTS, RFC 6797).</summary>
public sealed class StrictTransportTests
{
    private const string Header = "Strict-Transport-Security";
    private const string School = "relay.school.example";

    [Fact]
    public async Task A_browser_that_comes_by_https_is_told_to_keep_to_it()
    {
        await using var relay = await RunningRelay.StartAsync("https://127.0.0.1:0");

        Assert.Equal("max-age=15552000", await AskAsync(relay, School));
    }

    [Fact]
    public async Task So_is_one_that_comes_by_https_to_a_proxy_that_is_trusted()
    {
        await using var relay = await RunningRelay.StartAsync(publicUrl: $"https://{School}", trustedProxy: "127.0.0.0/8");

        Assert.Equal("max-age=15552000", await AskAsync(relay, School, "https"));
    }

    [Fact]
    public async Task In_the_clear_nothing_is_said_that_anybody_on_the_way_could_have_written()
    {
        await using var relay = await RunningRelay.StartAsync();

        Assert.Null(await AskAsync(relay, School));
        Assert.Null(await AskAsync(relay, School, "https")); // by nobody whom the relay trusts
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task On_the_machine_itself_it_stays_as_it_is(string host)
    {
        await using var relay = await RunningRelay.StartAsync("https://127.0.0.1:0");

        Assert.Null(await AskAsync(relay, host));
    }

    private static async Task<string?> AskAsync(RunningRelay relay, string host, string? forwarded = null)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var browser = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(relay.Bound[0], "/staff/sign-in")) { Headers = { Host = host } };
        if (forwarded is not null) request.Headers.Add("X-Forwarded-Proto", forwarded);
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.Headers.TryGetValues(Header, out var values) ? Assert.Single(values) : null;
    }
}

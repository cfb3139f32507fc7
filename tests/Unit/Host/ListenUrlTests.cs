using AV1Relay.RelayServer.Composition;
using Xunit;

namespace AV1Relay.Tests.Unit.Host;

public sealed class ListenUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("https://[::1]:8443/", "https://[::1]:8443")]
    [InlineData("http://localhost:80", "http://localhost:80")]
    [InlineData("http://0.0.0.0:8080", "http://192.0.2.7:8080")]
    [InlineData("http://*:8080", "http://192.0.2.7:8080")]
    [InlineData("https://[::]:8443", "https://192.0.2.7:8443")]
    public void A_url_is_told_to_others_with_an_address_that_leads_here(string text, string reachable)
    {
        Assert.True(ListenUrl.TryParse(text, out var url, out _));
        Assert.Equal(reachable, url.ToReachable(url.Port, "192.0.2.7"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://somewhere.example:8080")]
    [InlineData("http://127.0.0.1:99999")]
    public void Anything_else_is_refused_in_words(string text)
    {
        Assert.False(ListenUrl.TryParse(text, out _, out var problem));
        Assert.Contains($"'{text}'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Robots_are_served_363_ports_on_with_tls()
    {
        Assert.True(ListenUrl.TryParse("http://127.0.0.1:8080", out var pages, out _));

        Assert.Equal("https://127.0.0.1:8443", pages.ForRobots().ToString());
    }
}

using AV1Relay.Api.Join;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AV1Relay.Tests.Unit.Api.Join;

public sealed class OwnPagesTests
{
    [Theory]
    [InlineData(null, null)] // a program, or an old browser's own page
    [InlineData("http://10.0.0.7:8080", "same-origin")]
    [InlineData("https://relay.example.org", null)] // through a proxy that puts its own host into the request
    [InlineData("https://10.0.0.7:8080", null)] // through a proxy that ends TLS and keeps the host
    public void Our_own_page_is_heard(string? origin, string? site) => Assert.True(IsHeard(origin, site));

    [Theory]
    [InlineData("https://elsewhere.example", null)]
    [InlineData("null", null)] // a page that says of itself that it is nowhere
    [InlineData("http://10.0.0.7:9090", null)] // the same machine, another door
    [InlineData("http://10.0.0.7:8080", "cross-site")]
    [InlineData(null, "cross-site")]
    public void Another_sites_page_is_not(string? origin, string? site) => Assert.False(IsHeard(origin, site));

    private static bool IsHeard(string? origin, string? site)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new HostString("10.0.0.7", 8080));
        if (origin is not null) request.Headers.Origin = origin;
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        return OwnPages.IsFromOwnPage(request, "https://relay.example.org");
    }
}

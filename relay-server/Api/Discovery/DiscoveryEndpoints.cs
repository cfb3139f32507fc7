using AV1Relay.Api.Certificates;
using AV1Relay.Api.RobotLinks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AV1Relay.Api.Discovery;

/// <summary>What a robot has to know of the relay, beginning with nothing but an address.</summary>
internal static class DiscoveryEndpoints
{
    public static void MapDiscovery(this WebApplication app, string version, IReadOnlyList<string> mediaTransports)
    {
        app.MapGet("/.well-known/av1relay", (HttpRequest request, RelayEndpoints endpoints) =>
        {
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(new Discovery(version, RobotUrlFor(request, endpoints.Current), mediaTransports));
        });
        app.MapGet("/ca.crt", (CertificateAuthority authority) => TypedResults.File(
            authority.CertificateDer.ToArray(), "application/x-x509-ca-cert", "av1relay-ca.crt"));
    }

    private static string RobotUrlFor(HttpRequest request, RelayUrls urls) => urls.FollowsPageHost && request.Host.HasValue
        ? new UriBuilder(urls.RobotUrl) { Host = request.Host.Host }.Uri.ToString().TrimEnd('/')
        : urls.RobotUrl;

    /// <param name="Version">The relay's.</param>
    /// <param name="RobotUrl">The robots' gRPC endpoint, absolute.</param>
    /// <param name="MediaTransports"><c>udp</c>, and <c>tcp</c> where it is on offer.</param>
    private sealed record Discovery(string Version, string RobotUrl, IReadOnlyList<string> MediaTransports);
}

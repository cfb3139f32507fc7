using System.Net;
using System.Security.Authentication;
using AV1Relay.Api.Certificates;
using AV1Relay.RelayServer.Health;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AV1Relay.RelayServer.Composition;

/// <summary>The doors: pages for browsers, the robots' one, which looks at client certificates, and one for tools where there is one.</summary>
internal static class KestrelEndpoints
{
    private const int MaxRequestBodyBytes = 256 * 1024; // an offer has at most 64 kB
    private const int MaxConnections = 20_000;

    /// <summary>A school behind one address, several connections a tablet; a single source takes no more than a tenth of all.</summary>
    internal const int MaxConnectionsPerSource = 2_000;

    public static void Configure(
        KestrelServerOptions kestrel,
        RelaySettings settings,
        ServerCertificates certificates,
        CertificateAuthority authority,
        TimeProvider time)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // A robot whose wifi went away is noticed within a quarter of a minute.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);

        // This machine, and proxies that are trusted, bring many others' requests.
        var places = new PlacesPerSource(
            MaxConnectionsPerSource, MaxConnections, address => IPAddress.IsLoopback(address) || settings.TrustedProxies.Any(proxy => proxy.Contains(address)));

        foreach (var url in settings.PageUrls)
        {
            Listen(kestrel, url, listen =>
            {
                Limit(listen, places);
                listen.Protocols = url.IsHttps ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (url.IsHttps)
                    listen.UseHttps(Tls(certificates));
            });
        }

        foreach (var url in settings.RobotUrls)
        {
            Listen(kestrel, url, listen =>
            {
                Limit(listen, places);
                listen.Protocols = HttpProtocols.Http2;
                var tls = Tls(certificates);
                // Enrolment comes without one and is authenticated by its code; RobotLink asks for it.
                tls.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                tls.ClientCertificateValidation = (certificate, _, _) => authority.IsOurClient(certificate, time.GetUtcNow());
                listen.UseHttps(tls);
            });
        }

        foreach (var url in settings.MetricsUrls)
        {
            Listen(kestrel, url, listen =>
            {
                Limit(listen, places);
                listen.Protocols = HttpProtocols.Http1;
                MetricsDoor.Mark(listen);
                if (url.IsHttps)
                    listen.UseHttps(Tls(certificates));
            });
        }
    }

    /// <summary>Before TLS: whoever has too many open is not worth a handshake.</summary>
    private static void Limit(ListenOptions listen, PlacesPerSource places) => listen.Use(next => async connection =>
    {
        var source = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (!places.TryTake(source))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            places.GiveBack(source);
        }
    });

    private static HttpsConnectionAdapterOptions Tls(ServerCertificates certificates) => new()
    {
        ServerCertificateSelector = (_, _) => certificates.Current,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private static void Listen(KestrelServerOptions kestrel, ListenUrl url, Action<ListenOptions> configure)
    {
        if (url.IsLocalhost && url.Port != 0)
            kestrel.ListenLocalhost(url.Port, configure);
        else
            kestrel.Listen(new IPEndPoint(url.Address ?? IPAddress.Loopback, url.Port), configure);
    }
}

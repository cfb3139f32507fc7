using System.Net;
using AV1Relay.Api.Debug;
using AV1Relay.Api.Problems;
using AV1Relay.RelayServer.Composition;
using AV1Relay.Sfu;
using Prometheus;

namespace AV1Relay.RelayServer.Health;

/// <summary><c>GET /metrics</c>, and who gets it: docs/decisions/0015-who-sees-inside.md.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";

    // What a proxy on this machine leaves behind: whom it serves is anybody.
    private static readonly string[] ProxysHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public static void MapRelayMetrics(this WebApplication app, CollectorRegistry registry, RelaySettings settings)
    {
        // Only where nothing says that others come through this machine, or that tools have a door of their own.
        var trustsLoopback = settings.MetricsUrls.Count == 0 && settings.PublicUrl is null;
        app.MapGet(Path, async (HttpContext context, TechnicianDoor door, MediaRelay relay) =>
        {
            if (!MetricsDoor.IsOpenedBy(context) && !(trustsLoopback && IsOfThisMachine(context)))
            {
                if (context.Request.Headers.Authorization.Count == 0)
                {
                    await ProblemResults.Create(
                        StatusCodes.Status403Forbidden, "metrics-closed", "Metrics are not for everybody",
                        "Ask at the address of --metrics-urls, or from the relay's own machine, or with a token of relay-server debug-token.").ExecuteAsync(context);
                    return;
                }

                if (await door.RefuseAsync(context, session: null) is { } refusal)
                {
                    await refusal.ExecuteAsync(context);
                    return;
                }
            }

            context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
            context.Response.Headers.CacheControl = "no-store";
            await registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
            await context.Response.WriteAsync(ForwardingHistogramText.Write(relay.ForwardingHistograms), context.RequestAborted);
        });
    }

    /// <summary>Nobody between, and no page of elsewhere whose name was made to lead here.</summary>
    private static bool IsOfThisMachine(HttpContext context)
        => context.Connection.RemoteIpAddress is { } remote
            && IPAddress.IsLoopback(remote)
            && !Array.Exists(ProxysHeaders, context.Request.Headers.ContainsKey)
            && (context.Request.Host.Host == "localhost" || IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out _));
}

using AV1Relay.Domain.Sessions;
using AV1Relay.RelayServer.Composition;
using AV1Relay.Sfu;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AV1Relay.RelayServer.Health;

/// <summary>Liveness, readiness and metrics for whoever runs the relay; gRPC health and reflection for tools.</summary>
internal static class HealthEndpoints
{
    public static void AddRelayHealth(this IServiceCollection services)
    {
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<ReadinessCheck>("ready");
        services.AddSingleton<HealthWatchers>();
        services.AddSingleton<ReadinessCheck>();
        services.AddSingleton<RelayMetricsPage>();
    }

    public static void MapRelayHealth(this WebApplication app, RelaySettings settings)
    {
        app.MapGet("/healthz", () => TypedResults.Text("alive\n"));
        app.MapGet("/readyz", async (ReadinessCheck check, CancellationToken cancellationToken) =>
        {
            var result = await check.CheckHealthAsync(new HealthCheckContext(), cancellationToken);
            return result.Status == HealthStatus.Healthy
                ? Results.Text("ready\n")
                : Results.Text($"{result.Description}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        });
        var registry = app.Services.GetRequiredService<RelayMetricsPage>().Registry;
        GarbageCollectionMetrics.Publish(registry);
        ForwardingLatencyMetrics.Publish(registry, app.Services.GetRequiredService<MediaRelay>());
        app.MapRelayMetrics(registry, settings);
        app.Use(app.Services.GetRequiredService<HealthWatchers>().LimitAsync);
        // Not over gRPC-Web: their streams need no token and have no end, and pages have no use for them.
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
    }
}

/// <summary>Ready: the database answers and nobody has asked the relay to stop.</summary>
internal sealed class ReadinessCheck(ISessionBindings bindings, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return HealthCheckResult.Unhealthy("draining");
        try
        {
            await bindings.ReadVersionAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("the database does not answer", failure);
        }
    }
}

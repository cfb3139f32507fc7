using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AV1Relay.RelayServer.Health;

/// <summary>The door of <c>--metrics-urls</c>: whoever reaches it gets metrics and health, and nothing else.</summary>
internal sealed class MetricsDoor
{
    private static readonly MetricsDoor Instance = new();

    private MetricsDoor()
    {
    }

    /// <summary>Marks all connections that come in here.</summary>
    public static void Mark(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(Instance);
        return next(connection);
    });

    public static bool IsOpenedBy(HttpContext context) => context.Features.Get<MetricsDoor>() is not null;

    /// <summary>Nothing but tools' pages behind this door.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsOpenedBy(context) || context.Request.Path.Value is "/metrics" or "/healthz" or "/readyz") return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

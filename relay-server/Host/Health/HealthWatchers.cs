using AV1Relay.RelayServer.Composition;
using Grpc.Core;

namespace AV1Relay.RelayServer.Health;

/// <summary>Streams of health need no token and have no end, so there are not many of them. To ask once is always possible.</summary>
internal sealed class HealthWatchers
{
    internal const int PerSource = 8;
    private const int InAll = 256;
    private const string Path = "/grpc.health.v1.Health/Watch";
    private readonly PlacesPerSource _places = new(PerSource, InAll, isFree: _ => false);

    /// <remarks>Before the service, whose own class can't be given an interceptor.</remarks>
    public async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        // Routes are found whatever their case, and with a slash at their end.
        if (!string.Equals(context.Request.Path.Value?.TrimEnd('/'), Path, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var source = context.Connection.RemoteIpAddress;
        if (!_places.TryTake(source))
        {
            Refuse(context.Response);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            _places.GiveBack(source);
        }
    }

    /// <summary>A gRPC answer of headers alone.</summary>
    private static void Refuse(HttpResponse response)
    {
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = $"{(int)StatusCode.ResourceExhausted}";
        response.Headers["grpc-message"] = "Health is watched often enough from here: end one of the streams, or call Check.";
    }
}

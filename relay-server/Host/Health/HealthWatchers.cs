using AV1Relay.RelayServer.Composition;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace AV1Relay.RelayServer.Health;

/// <summary>Streams of health need no token and have no end, so there are not many of them. To ask once is always possible.</summary>
internal sealed class HealthWatchers : Interceptor
{
    internal const int PerSource = 8;
    private const int InAll = 256;
    private readonly PlacesPerSource _places = new(PerSource, InAll, isFree: _ => false);

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var source = context.GetHttpContext().Connection.RemoteIpAddress;
        if (!_places.TryTake(source))
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Health is watched often enough from here: end one of the streams, or call Check."));
        try
        {
            await continuation(request, responseStream, context);
        }
        finally
        {
            _places.GiveBack(source);
        }
    }
}

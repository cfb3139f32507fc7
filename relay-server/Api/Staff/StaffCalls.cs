using AV1Relay.Api.Tokens;
using AV1Relay.Application.Asking;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace AV1Relay.Api.Staff;

/// <summary>Stands before each call of the staff's services: whose system calls, and not too often.</summary>
internal sealed class StaffCalls(PersonTokens tokens, CallRates rates) : Interceptor
{
    private static readonly object CallerKey = new();

    /// <summary>Its search takes a hundred times as long as other calls.</summary>
    private static readonly string Search =
        $"/{ScheduleReflection.Descriptor.Services[0].FullName}/{nameof(Schedule.ScheduleBase.FindFreeSlots)}";

    /// <exception cref="InvalidOperationException">The service is not behind this.</exception>
    public static Caller CallerOf(ServerCallContext context) => context.UserState.TryGetValue(CallerKey, out var caller)
        ? (Caller)caller
        : throw new InvalidOperationException("Nobody has asked who calls.");

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        // Of two headers neither counts: which one a proxy looked at can't be known.
        var headers = context.GetHttpContext().Request.Headers.Authorization;
        var (person, problem) = await tokens.ValidateAsync(headers.Count == 1 ? headers.ToString() : null);
        if (person is not { } who)
            throw new RpcException(new Status(StatusCode.Unauthenticated, $"{problem} relay-server api-token makes one; send it as 'authorization: Bearer …'."));
        if (!rates.TryTake(who))
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"Too many calls: at most {CallRates.PerSecond} a second. Wait a moment and try again."));
        if (string.Equals(context.Method.TrimEnd('/'), Search, StringComparison.OrdinalIgnoreCase) // routes are found whatever their case
            && !rates.TryTakeSearch(who))
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"Too many searches: at most {CallRates.SearchesPerSecond} a second. Wait a moment and try again."));
        }

        context.UserState[CallerKey] = new Caller(who);
        return await continuation(request, context);
    }

    // There are none yet. One that is added has to be let in here first.
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) => throw NoStreams();

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        throw NoStreams();

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) => throw NoStreams();

    private static RpcException NoStreams() => new(new Status(StatusCode.Unimplemented, "There are no streams here."));
}

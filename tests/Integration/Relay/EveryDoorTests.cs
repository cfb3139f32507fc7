using System.Net;
using System.Net.Http.Headers;
using AV1Relay.StaffConsole;
using AV1Relay.StaffConsole.SignIn;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>That every address, page and call that the relay answers has a rule who may use it: a policy, or a line in <see cref="Doors"/>.</summary>
public sealed class EveryDoorTests : IAsyncLifetime
{
    private RunningRelay _relay = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IReadOnlyList<RouteEndpoint> Endpoints => [.. _relay.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()];

    public async ValueTask InitializeAsync() => _relay = await RunningRelay.StartAsync();

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    [Fact]
    public void Every_door_has_a_rule()
    {
        var without = Endpoints.Where(endpoint => RuleOf(endpoint) is null).SelectMany(NamesOf).Order(StringComparer.Ordinal);

        Assert.Empty(without); // give it a policy, or a line in Doors with its reason
    }

    [Fact]
    public void No_line_of_the_table_is_about_a_door_that_is_gone()
    {
        var there = Endpoints.SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Doors.Public.Keys.Concat(Doors.Guarded.Keys).Concat(Doors.WithAPasswordAlone).Concat(Doors.WithARoomLink).Except(there));
        Assert.Empty(Doors.GuardedServices.Keys.Except(Endpoints.Select(ServiceOf).OfType<string>()));
    }

    [Fact]
    public void Every_page_of_staff_asks_for_a_whole_sign_in_but_for_those_that_lead_there()
    {
        var below = Endpoints.Where(endpoint => PathOf(endpoint).StartsWith(ConsoleServices.Path, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(below);
        Assert.All(below, endpoint =>
        {
            var names = NamesOf(endpoint);
            var expected = names.All(Doors.Public.ContainsKey) ? null
                : names.All(Doors.WithAPasswordAlone.Contains) ? StaffPolicies.FirstFactor
                : names.All(Doors.WithARoomLink.Contains) ? StaffPolicies.RoomLink : StaffPolicies.SignedIn;
            Assert.Equal((names[0], expected), (names[0], PolicyOf(endpoint)));
        });
    }

    [Fact]
    public void Every_page_in_the_assembly_is_one_of_the_doors()
    {
        var pages = typeof(ConsoleServices).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>())
            .Select(route => route.Template).ToList();

        Assert.NotEmpty(pages);
        Assert.Empty(pages.Except(Endpoints.Select(PathOf)));
    }

    [Fact]
    public async Task Without_a_credential_a_guarded_address_stays_shut()
    {
        foreach (var (door, key) in Doors.Guarded)
        {
            var (method, path) = (door.Split(' ')[0], door.Split(' ')[1]);
            var address = path.Replace("{session}", "room-1", StringComparison.Ordinal).Replace("{resource}", "7", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = new StringContent("v=0") };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(method == "PATCH" ? "application/trickle-ice-sdpfrag" : "application/sdp");

            using var answer = await _relay.Http.SendAsync(request, Cancellation);

            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{door} asks for {key}, and answered {answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task Without_a_credential_no_call_of_a_guarded_service_is_answered()
    {
        using var channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
        var calls = Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method).OfType<IMethod>()
            .Where(method => Doors.GuardedServices.ContainsKey(method.ServiceName) && !Doors.Public.ContainsKey($" {method.FullName}")).ToList();

        Assert.NotEmpty(calls);
        foreach (var call in calls)
        {
            var refused = await Assert.ThrowsAnyAsync<RpcException>(() => KnockAsync(channel, call));
            Assert.True(
                refused.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied,
                $"{call.FullName} asks for {Doors.GuardedServices[call.ServiceName]}, and answered {refused.Status}.");
        }
    }

    /// <summary>One empty message, whatever kind of call it is.</summary>
    private static async Task KnockAsync(ChannelBase channel, IMethod call)
    {
        var method = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, call.ServiceName, call.Name, Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));
        using var stream = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: Cancellation));
        try
        {
            await stream.RequestStream.WriteAsync([], Cancellation);
            await stream.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // it was refused before it was read: the status comes below
        }

        while (await stream.ResponseStream.MoveNext(Cancellation))
        {
            // an answer; what counts is whether the call ends well
        }
    }

    /// <summary>In words; null: there is none.</summary>
    private static string? RuleOf(RouteEndpoint endpoint)
    {
        if (PolicyOf(endpoint) is { } policy) return policy;
        if (ServiceOf(endpoint) is { } service && Doors.GuardedServices.TryGetValue(service, out var credential)) return credential;
        var rules = NamesOf(endpoint).Select(name => Doors.Public.GetValueOrDefault(name) ?? Doors.Guarded.GetValueOrDefault(name)).ToList();
        return rules.Contains(null) ? null : string.Join("; ", rules);
    }

    private static string? PolicyOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy : null;

    /// <summary>Null: not a call of a gRPC service, or the answer for a call that the service has not.</summary>
    private static string? ServiceOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName
        ?? (PathOf(endpoint).EndsWith("/{unimplementedMethod:grpcunimplemented}", StringComparison.Ordinal) && !PathOf(endpoint).StartsWith("/{", StringComparison.Ordinal)
            ? PathOf(endpoint).Split('/')[1]
            : null);

    /// <summary>One for each method that it answers.</summary>
    private static IReadOnlyList<string> NamesOf(RouteEndpoint endpoint)
    {
        // Pages answer GET and POST alike, gRPC nothing but POST: the path says which it is.
        var isPageOrCall = endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null
            || PathOf(endpoint).Contains("{unimplementedMethod", StringComparison.Ordinal);
        var methods = isPageOrCall ? [] : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return methods.Count == 0 ? [$" {PathOf(endpoint)}"] : [.. methods.Select(method => $"{method} {PathOf(endpoint)}")];
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'); // a mapped endpoint has a pattern
}

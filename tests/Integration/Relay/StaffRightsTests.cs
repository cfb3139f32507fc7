using AV1Relay.Api.Staff;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.People;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>That no call of the staff's services does anything for somebody who may not: a new one that asks nobody fails here.</summary>
public sealed class StaffRightsTests : IAsyncLifetime
{
    private RunningRelay _relay = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync

    public static TheoryData<string> Rpcs => [.. StaffRpcs.All];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _relay.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Without_a_token_nobody_is_let_in(string rpc)
        => Assert.Equal(StatusCode.Unauthenticated, (await RefusalAsync(rpc, null)).StatusCode);

    [Theory]
    [MemberData(nameof(Rpcs))]
    public async Task Somebody_without_a_role_may_nothing(string rpc)
    {
        var refusal = await RefusalAsync(rpc, TokenOfStranger());

        Assert.True(refusal.StatusCode == StatusCode.PermissionDenied, $"{rpc}: {refusal.StatusCode} {refusal.Status.Detail}");
    }

    [Fact]
    public async Task A_refusal_comes_with_its_reasons()
    {
        var refusal = await RefusalAsync("av1relay.v1.Plans/GetPlan", TokenOfStranger());

        var reasons = RuleRefusals.Parser.ParseFrom(refusal.Trailers.GetValueBytes(StaffReplies.RefusalsTrailer)).Refusals;
        Assert.Equal("access.not-for-role", Assert.Single(reasons).Code);
        Assert.Equal($"{reasons[0].Reason} {reasons[0].NextStep}", refusal.Status.Detail);
    }

    [Theory]
    [InlineData("pupil")]
    [InlineData("observer")]
    public async Task A_sessions_token_is_for_something_else(string role)
    {
        var token = await _relay.RunAsync("token", "--session", "room-1", "--role", role);

        Assert.Equal(StatusCode.Unauthenticated, (await RefusalAsync("av1relay.v1.Plans/GetPlan", token)).StatusCode);
    }

    [Fact]
    public async Task A_technicians_token_is_for_something_else()
        => Assert.Equal(StatusCode.Unauthenticated, (await RefusalAsync("av1relay.v1.Fleet/ListRobots", await _relay.RunAsync("debug-token"))).StatusCode);

    [Fact]
    public async Task What_is_malformed_is_named()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => StaffRpcs.CallAsync(
            _channel, StaffRpcs.Find("av1relay.v1.Plans/StepDown"), new StepDownRequest { Change = new PlanChangeHead { PlanId = "7" } }, TokenOfStranger(), Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.StartsWith("change.plan_id: a UUID is expected", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_calls_too_fast_waits()
    {
        var (token, last) = (TokenOfStranger(), StatusCode.OK);
        for (var call = 0; call <= CallRates.Burst && last != StatusCode.ResourceExhausted; call++)
            last = (await RefusalAsync("av1relay.v1.Plans/WhatNeedsMe", token)).StatusCode;

        Assert.Equal(StatusCode.ResourceExhausted, last);
    }

    [Fact]
    public async Task A_token_is_made_for_people_who_have_a_role()
    {
        var (exitCode, _, error) = await _relay.TryRunAsync("api-token", "--person", Guid.NewGuid().ToString());
        Assert.NotEqual(0, exitCode);
        Assert.Contains("relay-server assign", error, StringComparison.Ordinal);

        var administrator = await _relay.RunAsync("administrator", "--name", "Ms Reed");
        Assert.NotEqual("", await _relay.RunAsync("api-token", "--person", administrator));
        Assert.Contains("holds: 2 entries", await _relay.RunAsync("audit", "verify"), StringComparison.Ordinal);
    }

    private string TokenOfStranger()
    {
        var now = _relay.Time.GetUtcNow();
        return _relay.Services.GetRequiredService<PersonTokens>().Issue(new PersonId(Guid.NewGuid()), now, now.AddHours(1)).Value;
    }

    private async Task<RpcException> RefusalAsync(string rpc, string? token)
    {
        var method = StaffRpcs.Find(rpc);
        return await Assert.ThrowsAsync<RpcException>(() => StaffRpcs.CallAsync(_channel, method, StaffRpcs.SampleOf(method.InputType), token, Cancellation));
    }
}

using System.Net;
using System.Net.Http.Headers;
using AV1Relay.RelayServer.Health;
using Grpc.Core;
using Grpc.Health.V1;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class ClosedDoorsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_removed_robot_publishes_no_more_with_the_token_it_has()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var robot = await relay.EnrolAsync();
        var token = await relay.RunAsync("token", "--session", "room-1", "--role", "robot", "--robot", robot.Name);
        Assert.Equal(HttpStatusCode.BadRequest, await PublishAsync(relay, token)); // let in, but the offer is none

        await relay.RunAsync("robot", "remove", "--robot", robot.Name);

        Assert.Equal(HttpStatusCode.Unauthorized, await PublishAsync(relay, token));
    }

    [Theory]
    [InlineData("grpc.health.v1.Health/Check")]
    [InlineData("grpc.health.v1.Health/Watch")]
    [InlineData("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")]
    public async Task What_is_there_for_tools_is_not_there_for_pages(string method)
    {
        await using var relay = await RunningRelay.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{method}") { Content = new ByteArrayContent(new byte[5]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web");

        using var answer = await relay.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Health_is_watched_by_so_many_from_one_source_and_asked_for_by_everybody()
    {
        await using var relay = await RunningRelay.StartAsync();
        using var channel = EnrolledRobot.ChannelTo(relay.Urls.RobotUrl, null, trusted: null);
        var health = new Health.HealthClient(channel);
        List<AsyncServerStreamingCall<HealthCheckResponse>> watching = [];
        for (var stream = 0; stream < HealthWatchers.PerSource; stream++)
        {
            watching.Add(health.Watch(new HealthCheckRequest(), cancellationToken: Cancellation));
            Assert.True(await watching[^1].ResponseStream.MoveNext(Cancellation));
        }

        using var oneMore = health.Watch(new HealthCheckRequest(), cancellationToken: Cancellation);
        var refused = await Assert.ThrowsAsync<RpcException>(() => oneMore.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest(), cancellationToken: Cancellation)).Status);
        watching.ForEach(stream => stream.Dispose());
    }

    private static async Task<HttpStatusCode> PublishAsync(RunningRelay relay, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/whip/room-1") { Content = new ByteArrayContent("nonsense"u8.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/sdp");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await relay.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}

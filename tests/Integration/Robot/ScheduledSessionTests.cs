using System.Net;
using System.Text.Json;
using AV1Relay.Api.RobotLinks;
using AV1Relay.Domain.Booking;
using AV1Relay.Protos.V1;
using AV1Relay.Sfu;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;
using Capability = AV1Relay.Domain.Sessions.Capability;
using ProtoCapability = AV1Relay.Protos.V1.Capability;
using SessionState = AV1Relay.Domain.Booking.SessionState;

namespace AV1Relay.Tests.Integration.Robot;

/// <summary>A lesson on the calendar from the pupil's code to its end: relay, agent and pupil over real sockets and real time.</summary>
public sealed class ScheduledSessionTests
{
    private static readonly Duration Long = Duration.FromMinutes(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pupil_comes_in_by_code_and_has_what_the_step_allows_and_no_more()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Long);
        using var pupil = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3 && pupil.SoundPackets > 10, "picture and sound");

        var turned = await Assert.ThrowsAsync<RpcException>(() => pupil.SendAsync(new() { HeadTarget = new() { PanDegrees = 20 } }, Cancelled));
        var spoke = await Assert.ThrowsAsync<RpcException>(() => pupil.SendAsync(new() { Microphone = MicrophoneMode.Speak }, Cancelled));

        Assert.Equal((StatusCode.PermissionDenied, StatusCode.PermissionDenied), (turned.StatusCode, spoke.StatusCode));
        Assert.True(classroom.Robot.Picture() is { Live: true, CameraLive: true, MicrophoneLive: true });
        Assert.Equal(classroom.RobotName, classroom.Robot.Picture().Name);
        Assert.Equal(MediaRights.VideoToPupil | MediaRights.AudioToPupil, await RightsAsync(classroom, lesson));
        Assert.Equal(SessionState.Live, (await lesson.ReadAsync()).State);
    }

    [Fact]
    public async Task A_step_that_is_narrowed_by_another_program_is_narrower_at_relay_and_robot_within_a_second()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Long);
        using var pupil = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3 && pupil.SoundPackets > 10, "picture and sound");
        using var watching = pupil.Watch(Cancelled);
        var told = ReadUntilAsync(watching, state => state.Capabilities.SequenceEqual([ProtoCapability.See]));

        await lesson.ChangeStepAsync(Capability.See);
        var changedAt = TimeProvider.System.GetTimestamp();
        TimeSpan? relay = null, robot = null;
        await TestClassroom.UntilAsync(
            () =>
            {
                var grants = classroom.Services.GetRequiredService<GrantKeeper>();
                if (relay is null && grants.Find(lesson.Session)?.Capabilities.Flags == Capability.See) relay = TimeProvider.System.GetElapsedTime(changedAt);
                if (robot is null && !classroom.Robot.Picture().MicrophoneLive) robot = TimeProvider.System.GetElapsedTime(changedAt);
                return relay is not null && robot is not null;
            },
            "relay and robot to be narrower");
        var page = TimeProvider.System.GetElapsedTime(changedAt, await told);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Narrowed: the relay after {relay?.TotalMilliseconds:0} ms, the robot after {robot?.TotalMilliseconds:0} ms, told to the page after {page.TotalMilliseconds:0} ms.");
        Assert.All([relay, robot, page], after => Assert.True(after <= TimeSpan.FromSeconds(1), $"{after} is too long."));
        Assert.Equal(MediaRights.VideoToPupil, await RightsAsync(classroom, lesson));
        var pictures = pupil.Pictures;
        await TestClassroom.UntilAsync(() => pupil.Pictures > pictures + 3, "the picture, which goes on");
        Assert.True(classroom.Robot.Picture() is { Live: true, CameraLive: true, MicrophoneLive: false });
    }

    [Fact]
    public async Task When_the_window_ends_the_robot_is_dark_and_the_session_is_over()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Duration.FromSeconds(20));
        using var pupil = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");
        using var watching = pupil.Watch(Cancelled);
        var told = ReadUntilAsync(watching, state => state.Ended);

        await TestClassroom.UntilAsync(
            () => classroom.Robot.Picture() is { Live: false, CameraLive: false, MicrophoneLive: false, Lights: "dark", Session: null }, "the robot to go dark", TimeSpan.FromSeconds(60));

        await told;
        await UntilAsync(async () => (await lesson.ReadAsync()).History.End?.By is EndedBy.Time, "the end to be kept");
    }

    [Fact]
    public async Task A_robot_that_is_started_again_takes_no_grant_of_a_session_that_was_ended()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Long);
        using var pupil = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => pupil.Pictures > 3, "the picture");
        var links = classroom.Services.GetRequiredService<RobotLinkTable>();
        var old = links.Find(classroom.RobotName)!.Grant!; // live

        await lesson.EndAsync();
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { Session: null, Live: false, Lights: "dark" }, "the robot to go dark");
        await classroom.RestartRobotAsync();
        await TestClassroom.UntilAsync(() => classroom.Robot.Picture() is { Link: "connected" }, "the robot to be back");
        links.Find(classroom.RobotName)!.Outbox.Post(new RelayMessage { Grant = old, FencingNumber = old.FencingNumber }); // its window is still open

        await TestClassroom.UntilAsync(() => classroom.Robot.Picture().Faults.Any(fault => fault.Contains("is an old one", StringComparison.Ordinal)), "the refusal");
        Assert.True(classroom.Robot.Picture() is { Session: null, Live: false, CameraLive: false, MicrophoneLive: false, Counters.FramesEncoded: 0 });
    }

    [Fact]
    public async Task Only_the_device_that_came_in_last_and_the_robot_of_the_grant_are_let_in()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Long);
        using var first = await lesson.JoinAsync();
        await TestClassroom.UntilAsync(() => first.Pictures > 3, "the picture");

        using var second = await lesson.JoinAsync(); // another browser

        await TestClassroom.UntilAsync(() => second.Pictures > 3, "the picture on the second device");
        var refused = await Assert.ThrowsAsync<RpcException>(() => first.SendAsync(new() { Microphone = MicrophoneMode.Off }, Cancelled));
        Assert.Contains("another device", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pupil_who_comes_before_the_robot_is_placed_hears_why_and_keeps_the_code()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.AgreedAsync(classroom, Long);
        using var browser = new HttpClient();
        var code = await lesson.CodeAsync();

        var look = await lesson.TypeAsync(browser, $"{code}/today");
        var early = await lesson.TypeAsync(browser, code);
        await lesson.PlaceAsync();
        var later = await lesson.TypeAsync(browser, code);

        Assert.Equal(HttpStatusCode.OK, look.Status);
        Assert.Equal("Listening to art", look.Reply.GetProperty("today").GetProperty("step").GetString());
        Assert.Equal(JsonValueKind.Null, look.Reply.GetProperty("beginsAt").ValueKind);
        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        Assert.Equal(TimeSpan.FromSeconds(15), early.AskAgainIn);
        Assert.Equal("urn:av1relay:problem:session-wrong-moment", early.Reply.GetProperty("type").GetString());
        Assert.Equal("Your robot isn't ready yet.", early.Reply.GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.OK, later.Status);
        Assert.Equal(["see", "hear"], later.Reply.GetProperty("capabilities").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("Listening to art", later.Reply.GetProperty("today").GetProperty("step").GetString());
    }

    [Fact]
    public async Task A_pupil_who_has_left_says_how_it_was_with_the_key_that_they_came_in_with_and_with_no_other()
    {
        await using var classroom = await TestClassroom.StartScheduledAsync();
        await using var lesson = await TestLesson.PlacedAsync(classroom, Long);
        using var browser = new HttpClient();
        var token = (await lesson.TypeAsync(browser, await lesson.CodeAsync())).Reply.GetProperty("token").GetString()!; // a 200 has one

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync($"before/{lesson.Session}", token, """{"rating":6}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync($"before/{lesson.Session}", token, """{"rating":-1}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync($"before/{lesson.Session}", token, "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync($"before/{lesson.Session}", "nothing", """{"rating":6}""")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync($"leave/{lesson.Session}", token, null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync($"reflect/{lesson.Session}", token, """{"rating":11}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync($"reflect/{lesson.Session}", token, "{")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync($"reflect/{lesson.Session}", "nothing", """{"rating":4}""")).StatusCode);
        using var kept = await SendAsync($"reflect/{lesson.Session}", token, """{"rating":4,"line":"Long.","shares":null}""");

        Assert.Equal("""{"curve":[4],"before":6}""", await kept.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal(SessionState.Reflected, (await lesson.ReadAsync()).State);

        async Task<HttpResponseMessage> SendAsync(string path, string bearer, string? json)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(classroom.Relay, $"/{path}"));
            request.Headers.Authorization = new("Bearer", bearer);
            if (json is not null) request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
            return await browser.SendAsync(request, Cancelled);
        }
    }

    private static async Task<MediaRights?> RightsAsync(TestClassroom classroom, TestLesson lesson) =>
        (await classroom.Services.GetRequiredService<MediaRelay>().GetStatisticsAsync(lesson.Session, Cancelled))?.SessionRights;

    /// <returns>When it was so, as the system's clock counts.</returns>
    private static async Task<long> ReadUntilAsync(AsyncServerStreamingCall<AV1Relay.Protos.V1.SessionState> watching, Func<AV1Relay.Protos.V1.SessionState, bool> isSo)
    {
        while (await watching.ResponseStream.MoveNext(Cancelled))
        {
            if (isSo(watching.ResponseStream.Current)) return TimeProvider.System.GetTimestamp();
        }

        throw new InvalidOperationException("The relay ended the stream before it said so.");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(20), $"Waited for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancelled);
        }
    }
}

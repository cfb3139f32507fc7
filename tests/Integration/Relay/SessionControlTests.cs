using System.Net;
using AV1Relay.Api.SessionControl;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

/// <summary>Control as a page does it: gRPC-Web over HTTP/1.1.</summary>
public sealed class SessionControlTests : IAsyncLifetime
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private RunningRelay _relay = null!; // set by InitializeAsync
    private EnrolledRobot _robot = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync
    private SessionControl.SessionControlClient _control = null!; // set by InitializeAsync
    private ulong _sequence;

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _robot = await _relay.EnrolAsync();
        _channel = GrpcChannel.ForAddress(
            _relay.Urls.PageUrl, new GrpcChannelOptions
            {
                HttpHandler = new GrpcWebHandler(GrpcWebMode.GrpcWeb, new HttpClientHandler()),
                HttpVersion = HttpVersion.Version11,
            });
        _control = new SessionControl.SessionControlClient(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _robot.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told_or_done()
    {
        Assert.Equal(StatusCode.Unauthenticated, (await RefusalAsync(Raise(), [])).StatusCode);
        using var watching = _control.Watch(new WatchRequest(), new Metadata { { "authorization", "Bearer x.y.z" } }, cancellationToken: TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => watching.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task Only_the_pupil_controls()
    {
        Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(Raise(), await TokenAsync("observer"))).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(Raise(), await TokenAsync("robot"))).StatusCode);
    }

    [Fact]
    public async Task Without_a_robot_there_is_nothing_to_control()
    {
        var refusal = await RefusalAsync(Raise(), await TokenAsync("pupil"));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains("not there yet", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_reaches_the_robot_under_its_grant()
    {
        var (link, grant) = await GrantedRobotAsync();
        await using var _ = link;

        var reply = await _control.SendAsync(
            new ControlRequest { Command = Raise() }, await TokenAsync("pupil"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(reply.Accepted);
        var message = await link.HearAsync(RelayMessage.WhatOneofCase.Command);
        Assert.True(message.Command.HandRaised);
        Assert.Equal(grant.FencingNumber, message.FencingNumber);
    }

    [Fact]
    public async Task Where_the_board_is_reaches_the_robot_and_what_is_no_place_does_not()
    {
        await using var link = (await GrantedRobotAsync()).Link;
        var pupil = await TokenAsync("pupil");
        var (good, bad) = (Raise(), Raise());
        good.RoomPlace = new RoomPlace { Preset = Preset.Board, Pose = new HeadPose { PanDegrees = 40, TiltDegrees = 5 } };
        bad.RoomPlace = new RoomPlace { Preset = Preset.Board, Pose = new HeadPose { PanDegrees = double.NaN } };

        Assert.True((await SendAsync(good, pupil)).Accepted);

        Assert.Equal(good.RoomPlace, (await link.HearAsync(RelayMessage.WhatOneofCase.Command)).Command.RoomPlace);
        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(bad, pupil)).StatusCode);
    }

    [Fact]
    public async Task Late_and_out_of_order_commands_are_dropped_counted_and_no_error()
    {
        await using var link = (await GrantedRobotAsync()).Link;
        var pupil = await TokenAsync("pupil");
        var (first, second, stale) = (Raise(), Raise(), Raise());
        stale.IssuedAtMs -= 501;

        Assert.True((await SendAsync(second, pupil)).Accepted);
        var outOfOrder = await SendAsync(first, pupil);
        var late = await SendAsync(stale, pupil);

        Assert.False(outOfOrder.Accepted);
        Assert.False(late.Accepted);
        Assert.NotEqual(outOfOrder.Reason, late.Reason);
        var metrics = await _relay.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Matches("commands[a-z_]*\\{[^}]*outcome=\"stale\"[^}]*\\} 1\n", metrics);
        Assert.Matches("commands[a-z_]*\\{[^}]*outcome=\"out_of_order\"[^}]*\\} 1\n", metrics);
    }

    [Fact]
    public async Task What_is_out_of_range_or_too_fast_is_refused()
    {
        await using var link = (await GrantedRobotAsync()).Link;
        var pupil = await TokenAsync("pupil");
        var far = Raise();
        far.HeadTarget = new HeadPose { PanDegrees = 1_000 };

        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(far, pupil)).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(null, pupil)).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, (await RefusalAsync(new Command { IssuedAtMs = far.IssuedAtMs }, pupil)).StatusCode);
        var sent = 0;
        Status refusal = default;
        for (; sent < 60 && refusal.StatusCode == StatusCode.OK; sent++)
        {
            try
            {
                await SendAsync(Raise(), pupil);
            }
            catch (RpcException tooFast)
            {
                refusal = tooFast.Status;
            }
        }

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.InRange(sent, 45, 51);
        var metrics = await _relay.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Matches("commands[a-z_]*\\{[^}]*outcome=\"out_of_range\"[^}]*\\} 2\n", metrics);
        Assert.Matches("commands[a-z_]*\\{[^}]*outcome=\"malformed\"[^}]*\\} 1\n", metrics);
        Assert.Matches("commands[a-z_]*\\{[^}]*outcome=\"too_fast\"[^}]*\\} 1\n", metrics);
    }

    [Fact]
    public async Task The_state_comes_at_once_on_change_and_every_five_seconds()
    {
        using var watching = _control.Watch(new WatchRequest(), await TokenAsync("pupil"), cancellationToken: TestContext.Current.CancellationToken);
        var first = await NextAsync(watching, atMost: TimeSpan.Zero);
        Assert.Equal("room-1", first.Session);
        Assert.Equal(9, first.Capabilities.Count);
        Assert.False(first.RobotPresent);
        Assert.Equal(_relay.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), first.NotAfterUnixMs / 1_000);

        var (link, _) = await GrantedRobotAsync();
        await using var __ = link;
        await link.SayAsync(new RobotMessage { State = new RobotState { HandRaised = true, CameraLive = true } });
        SessionState state;
        do
        {
            state = await NextAsync(watching, atMost: OneSecond);
        }
        while (state.Robot is null);
        Assert.True(state.RobotPresent);
        Assert.True(state.Robot.HandRaised);

        var before = _relay.Time.GetUtcNow();
        await NextAsync(watching, SessionControlService.Heartbeat + OneSecond);
        Assert.InRange(_relay.Time.GetUtcNow() - before, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_flood_of_states_becomes_ten_a_second()
    {
        var (link, _) = await GrantedRobotAsync();
        await using var __ = link;
        using var watching = _control.Watch(new WatchRequest(), await TokenAsync("pupil"), cancellationToken: TestContext.Current.CancellationToken);
        await NextAsync(watching, atMost: TimeSpan.Zero); // the flood begins when the page is watching
        var states = new List<SessionState>();
        var reading = Task.Run(async () =>
        {
            await foreach (var state in watching.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                lock (states)
                    states.Add(state);
            }
        }, TestContext.Current.CancellationToken);

        for (var step = 0; step < 40; step++)
        {
            await link.SayAndSettleAsync(new RobotMessage { State = new RobotState { Pose = new HeadPose { PanDegrees = step } } });
            _relay.Time.Advance(TimeSpan.FromMilliseconds(25));
        }

        await _relay.AdvanceUntilAsync(() => LastPan() == 39, OneSecond);
        lock (states)
            Assert.InRange(states.Count, 2, 13);
        double LastPan()
        {
            lock (states)
                return states.Count == 0 ? -1 : states[^1].Robot?.Pose.PanDegrees ?? -1;
        }
    }

    [Fact]
    public async Task The_end_of_the_window_is_told_and_ends_the_stream()
    {
        using var watching = _control.Watch(new WatchRequest(), await TokenAsync("pupil", "3s"), cancellationToken: TestContext.Current.CancellationToken);
        await NextAsync(watching, atMost: TimeSpan.Zero);

        var last = await NextAsync(watching, TimeSpan.FromSeconds(4));

        Assert.True(last.Ended);
        Assert.NotEqual(string.Empty, last.EndedReason);
        Assert.False(await watching.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_page_loaded_anew_counts_from_the_start_and_reads_its_own_numbers_back()
    {
        var (link, _) = await GrantedRobotAsync();
        await using var __ = link;
        var pupil = await TokenAsync("pupil");
        _sequence = 500;
        await SendAsync(Raise(), pupil);
        var before = (await link.HearAsync(RelayMessage.WhatOneofCase.Command)).Command.Sequence;

        _sequence = 0;
        using var watching = _control.Watch(new WatchRequest(), pupil, cancellationToken: TestContext.Current.CancellationToken);
        await NextAsync(watching, atMost: TimeSpan.Zero);
        Assert.True((await SendAsync(Raise(), pupil)).Accepted);
        var after = (await link.HearAsync(RelayMessage.WhatOneofCase.Command)).Command.Sequence;
        await link.SayAsync(new RobotMessage { State = new RobotState { LastCommandSequence = after } });

        Assert.True(after > before);
        Assert.Equal(1UL, (await NextAsync(watching, OneSecond)).Robot.LastCommandSequence);
    }

    private async Task<(LinkedRobot Link, Grant Grant)> GrantedRobotAsync()
    {
        await _relay.RunAsync("token", "--session", "room-1", "--role", "robot", "--robot", _robot.Name, "--ttl", "1h");
        var link = await _robot.LinkAsync(_relay);
        var granting = link.HearAsync(RelayMessage.WhatOneofCase.Grant);
        await _relay.AdvanceUntilAsync(() => granting.IsCompleted, OneSecond);
        return (link, (await granting).Grant);
    }

    private async Task<Metadata> TokenAsync(string role, string ttl = "1h") =>
        new() { { "authorization", "Bearer " + await _relay.RunAsync("token", "--session", "room-1", "--role", role, "--ttl", ttl) } };

    private Command Raise() => new()
    {
        Sequence = ++_sequence,
        IssuedAtMs = RelayNowMs(),
        HandRaised = true,
    };

    private long RelayNowMs() =>
        ((Api.Clock.RelayClock)_relay.Services.GetService(typeof(Api.Clock.RelayClock))!).NowMs; // registered by the relay

    private async Task<ControlReply> SendAsync(Command command, Metadata token) =>
        await _control.SendAsync(
            new ControlRequest { Command = command }, token, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<Status> RefusalAsync(Command? command, Metadata token) => (await Assert.ThrowsAsync<RpcException>(
        async () => await _control.SendAsync(
            new ControlRequest { Command = command }, token, cancellationToken: TestContext.Current.CancellationToken))).Status;

    private async Task<SessionState> NextAsync(AsyncServerStreamingCall<SessionState> watching, TimeSpan atMost)
    {
        var moving = watching.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        if (atMost > TimeSpan.Zero)
            await _relay.AdvanceUntilAsync(() => moving.IsCompleted, atMost);
        Assert.True(await moving);
        return watching.ResponseStream.Current;
    }
}

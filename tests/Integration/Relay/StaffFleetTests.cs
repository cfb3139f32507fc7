using AV1Relay.Domain.Robots;
using AV1Relay.Protos.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AV1Relay.Tests.Integration.Relay;

public sealed class StaffFleetTests : IAsyncLifetime
{
    private RunningRelay _relay = null!; // set by InitializeAsync
    private GrpcChannel _channel = null!; // set by InitializeAsync
    private Fleet.FleetClient _fleet = null!; // set by InitializeAsync
    private string _school = null!; // set by InitializeAsync
    private string _token = null!; // set by InitializeAsync
    private string _robot = null!; // set by InitializeAsync

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _relay = await RunningRelay.StartAsync();
        _channel = EnrolledRobot.ChannelTo(_relay.Urls.RobotUrl, null, trusted: null);
        _fleet = new Fleet.FleetClient(_channel);
        _school = await _relay.AddSchoolAsync();
        _token = await _relay.TokenForAsync("technician", _school);
        using var robot = await EnrolledRobot.EnrolAsync(_relay, await CodeAsync());
        _robot = robot.Name;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_technician_of_another_school_does_not_take_a_robot_away()
    {
        var other = await _relay.AddSchoolAsync();
        var technician = await _relay.TokenForAsync("technician", other);

        Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(() => StationAsync(other, 1, technician))).StatusCode);
    }

    [Fact]
    public async Task Who_saw_an_earlier_version_changes_nothing()
    {
        await OutOfServiceAsync(1);

        Assert.Equal(StatusCode.Aborted, (await RefusalAsync(() => OutOfServiceAsync(1))).StatusCode);
    }

    [Fact]
    public async Task A_robot_returns_to_service()
    {
        await OutOfServiceAsync(1);

        var robot = await _fleet.ReturnToServiceAsync(new RobotChange { Robot = _robot, Version = 2 }, Bearing(_token), cancellationToken: Cancellation);

        Assert.Equal(("", 3), (robot.OutOfServiceBecause, robot.Version));
    }

    [Fact]
    public async Task A_retired_robot_is_let_in_no_more_and_is_retired_once()
    {
        var change = new RobotChange { Robot = _robot, Version = 1, Why = "Its neck is broken" };

        var retired = await _fleet.RetireRobotAsync(change, Bearing(_token), cancellationToken: Cancellation);

        Assert.True(retired.IsRetired);
        Assert.True((await _relay.Services.GetRequiredService<IRobotRegistry>().FindAsync(_robot, Cancellation))!.IsRemoved);
        var again = await RefusalAsync(async () => await _fleet.RetireRobotAsync(change, Bearing(_token), cancellationToken: Cancellation));
        Assert.Equal(StatusCode.PermissionDenied, again.StatusCode); // it is no school's any more
    }

    [Fact]
    public async Task A_code_that_was_made_here_enrols_a_robot_of_this_school()
    {
        using var robot = await EnrolledRobot.EnrolAsync(_relay, await CodeAsync());

        var listed = await _fleet.ListRobotsAsync(new ListRobotsRequest { SchoolId = _school }, Bearing(_token), cancellationToken: Cancellation);
        Assert.Equal([_robot, robot.Name], listed.Robots.Select(known => known.Robot));
    }

    [Fact]
    public async Task A_robot_of_no_school_is_taken_by_no_schools_technician()
    {
        using var robot = await _relay.EnrolAsync();
        _robot = robot.Name;

        Assert.Equal(StatusCode.PermissionDenied, (await RefusalAsync(() => StationAsync(_school, 0, _token))).StatusCode);
    }

    private async Task<string> CodeAsync()
    {
        var made = await _fleet.CreateEnrolmentCodesAsync(
            new CreateEnrolmentCodesRequest { SchoolId = _school, Count = 1 }, Bearing(_token), cancellationToken: Cancellation);
        return Assert.Single(made.Codes);
    }

    private static Metadata Bearing(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<RpcException> RefusalAsync(Func<Task> call) => await Assert.ThrowsAsync<RpcException>(call);

    private async Task StationAsync(string school, long version, string token) => await _fleet.StationRobotAsync(
        new StationRobotRequest { Change = new RobotChange { Robot = _robot, Version = version }, SchoolId = school }, Bearing(token), cancellationToken: Cancellation);

    private async Task OutOfServiceAsync(long version) => await _fleet.TakeOutOfServiceAsync(
        new TakeOutOfServiceRequest { Change = new RobotChange { Robot = _robot, Version = version }, Because = "the head does not turn" },
        Bearing(_token), cancellationToken: Cancellation);
}

using AV1Relay.Application.Asking;
using AV1Relay.Application.Fleet;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Tests.Unit.Application.Live;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Fleet;

/// <summary>A school's robots as they are now, for who looks after them.</summary>
public abstract class FleetNowContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());
    private readonly PlayedRobots _robots = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Technicians_see_it_and_make_codes_and_nobody_else_does()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (fleet, _) = FleetOf(storage);

        Assert.Equal("Technician", await EveryRole.WhoMayAsync(caller => fleet.ListAsync(caller, InventedSchool.Id, Cancellation)));
        Assert.Equal("Technician", await EveryRole.WhoMayAsync(caller => fleet.CreateCodesAsync(caller, InventedSchool.Id, 1, Cancellation)));
    }

    [Fact]
    public async Task Those_that_need_somebody_come_first_with_what_to_do()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, robot: "robot-b", day: 1), "", Cancellation);
        var (fleet, robots) = FleetOf(storage);
        await robots.TakeOutOfServiceAsync(InventedSchool.Technician, new RobotChangeRequest("robot-a", 1), "the head does not turn", Cancellation);

        var listed = (await fleet.ListAsync(InventedSchool.Technician, InventedSchool.Id, Cancellation)).Value.Robots;

        Assert.Equal(["robot-b", "robot-a"], listed.Select(robot => robot.Read.Robot.Name)); // away, then out of service
        Assert.Equal([RobotStanding.NotWell, RobotStanding.OutOfService], listed.Select(robot => robot.Advice.Standing));
        Assert.Equal(new LocalDateTime(2026, 11, 10, 10, 5), listed[0].Read.NextSession);
        Assert.Contains("the head does not turn", listed[1].Advice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_robot_tells_of_itself_is_with_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        _robots.Robot = PlayedRobots.Serving(InventedSchool.Session(1)) with { BatteryPercent = 12 };

        var robot = (await FleetOf(storage).Fleet.ListAsync(InventedSchool.Technician, InventedSchool.Id, Cancellation)).Value.Robots[0];

        Assert.Equal(("1.0.0", 12.0), (robot.Now?.AgentVersion, robot.Now?.BatteryPercent));
        Assert.Contains("12 %", robot.Advice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_robot_is_in_the_list_no_more()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var (fleet, robots) = FleetOf(storage);

        await robots.RetireAsync(InventedSchool.Technician, new RobotChangeRequest("robot-a", 1), Cancellation);

        Assert.Equal(["robot-b"], (await fleet.ListAsync(InventedSchool.Technician, InventedSchool.Id, Cancellation)).Value.Robots.Select(robot => robot.Read.Robot.Name));
    }

    [Fact]
    public async Task Codes_are_printed_as_they_are_typed_and_never_written_out_by_accident()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var codes = (await FleetOf(storage).Fleet.CreateCodesAsync(InventedSchool.Technician, InventedSchool.Id, 2, Cancellation)).Value;

        Assert.Equal(["AB1-SECRET", "AB2-SECRET"], codes.Codes);
        Assert.DoesNotContain("SECRET", codes.ToString(), StringComparison.Ordinal);
    }

    private (FleetNow Fleet, StaffFleet Robots) FleetOf(TemporaryRelayStorage storage)
    {
        var robots = new StaffFleet(new Desk(storage.Get<IRecords>(), _time));
        return (new FleetNow(robots, _robots, new CountedCodes()), robots);
    }

    private sealed class CountedCodes : IEnrolmentCodeMaker
    {
        private int _made;

        public StoredEnrolmentCode Make(Instant ends) => new($"AB{++_made}", "SECRET", ends, 0, null);

        public string Print(StoredEnrolmentCode code) => $"{code.Id}-{code.Secret}";
    }
}

public sealed class FleetNowOnSqliteTests() : FleetNowContract(TestDatabase.Sqlite);

public sealed class FleetNowOnPostgresTests() : FleetNowContract(TestDatabase.Postgres);

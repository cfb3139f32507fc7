using AV1Relay.Application.Asking;
using AV1Relay.Application.Fleet;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Fleet;

public abstract class StaffFleetContract(TestDatabase database)
{
    private static readonly SchoolId OtherSchool = new(InventedSchool.Number(71));
    private static readonly Caller OfOtherSchool = new(new PersonId(InventedSchool.Number(72)));
    private static readonly Caller OfBoth = new(new PersonId(InventedSchool.Number(73)));
    private static readonly Caller OfAuthority = new(new PersonId(InventedSchool.Number(74)));
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_robot_does_not_leave_a_school_that_has_booked_it_and_the_times_are_named()
    {
        await using var storage = await OpenAsync();
        var school = InventedSchool.In(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);

        var refused = await FleetOf(storage).StationAsync(OfBoth, new RobotChangeRequest("robot-a", 1), OtherSchool, Cancellation);

        var refusal = Assert.Single(refused.Refusals);
        Assert.Equal("robot.still-booked", refusal.Code);
        Assert.Contains("10 November 2026 at 10:05", refusal.NextStep, StringComparison.Ordinal);
        await school.Schedule.CancelAsync(InventedSchool.Sendco, new SessionChangeRequest(InventedSchool.Session(1), 1), Cancellation);
        Assert.Equal(OtherSchool, (await FleetOf(storage).StationAsync(OfBoth, new RobotChangeRequest("robot-a", 1), OtherSchool, Cancellation)).Value.Station?.School);
    }

    [Fact]
    public async Task A_robot_of_no_school_is_stationed_by_who_looks_after_the_whole_authority_alone()
    {
        await using var storage = await OpenAsync();
        await ChangeAsync(storage, work => work.EnrolledRobots.AddInvented("robot-new", InventedSchool.Morning));

        var refused = await FleetOf(storage).StationAsync(OfOtherSchool, new RobotChangeRequest("robot-new", 0), OtherSchool, Cancellation);
        var stationed = await FleetOf(storage).StationAsync(OfAuthority, new RobotChangeRequest("robot-new", 0), OtherSchool, Cancellation);

        Assert.True(refused.IsRefused);
        Assert.Equal(OtherSchool, stationed.Value.Station?.School);
    }

    [Fact]
    public async Task A_retired_robot_belongs_to_no_school_and_can_not_be_booked()
    {
        await using var storage = await OpenAsync();
        var school = InventedSchool.In(storage.Get<IRecords>(), _time);

        var retired = await FleetOf(storage).RetireAsync(InventedSchool.Technician, new RobotChangeRequest("robot-a", 1), Cancellation);

        Assert.True(retired.Value is { Robot.IsRemoved: true, Station: null });
        Assert.Equal(["robot-b"], (await FleetOf(storage).ListAsync(InventedSchool.Technician, InventedSchool.Id, Cancellation)).Value.Robots.Select(read => read.Robot.Name));
        var booked = await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);
        Assert.Equal(["booking.robot-not-enrolled"], booked.Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task A_station_without_an_enrolled_robot_can_not_be_booked()
    {
        await using var storage = await OpenAsync();
        var school = InventedSchool.In(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work => work.StationedRobots.Add(new StationedRobot("robot-of-paper", InventedSchool.Id)));

        var booked = await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, robot: "robot-of-paper", day: 1), "", Cancellation);

        Assert.Equal(["booking.robot-not-enrolled"], booked.Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task A_code_is_of_the_school_that_it_was_made_for()
    {
        await using var storage = await OpenAsync();
        var made = await FleetOf(storage).CreateCodesAsync(OfOtherSchool, OtherSchool, 2, NewCode, Cancellation);

        var codes = await Task.WhenAll(made.Value.Codes.Select(code => storage.Get<IEnrolmentCodes>().FindAsync(code.Id, Cancellation)));

        Assert.All(codes, code => Assert.Equal(OtherSchool, code?.School));
        Assert.Equal(["robot.code-made"], await AuditAsync(storage));
    }

    [Fact]
    public async Task Who_goes_away_while_codes_are_made_leaves_none_without_its_entry()
    {
        await using var storage = await OpenAsync();
        using var gone = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FleetOf(storage).CreateCodesAsync(
            OfOtherSchool, OtherSchool, 1,
            ends =>
            {
                gone.Cancel(); // at the last moment
                return NewCode(ends);
            },
            gone.Token));

        Assert.Null(await storage.Get<IEnrolmentCodes>().FindAsync("AB01", Cancellation));
        Assert.Empty(await AuditAsync(storage));
    }

    private int _made;

    private StoredEnrolmentCode NewCode(Instant ends) => new($"AB0{++_made}", "SECRET", ends, 0, null);

    private StaffFleet FleetOf(TemporaryRelayStorage storage) => new(new Desk(storage.Get<IRecords>(), _time));

    private async Task<TemporaryRelayStorage> OpenAsync()
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work =>
        {
            var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
            work.Schools.Add(SchoolCard.Enter(OtherSchool, "Another School", "Europe/London", new LocalTime(12, 30), null, act).Value);
            Assign(work, 1, OfOtherSchool, new AccessScope.OneSchool(OtherSchool), act);
            Assign(work, 2, OfBoth, new AccessScope.OneSchool(OtherSchool), act);
            Assign(work, 3, OfBoth, new AccessScope.OneSchool(InventedSchool.Id), act);
            Assign(work, 4, OfAuthority, new AccessScope.WholeAuthority(), act);
        });
        return storage;
    }

    private static void Assign(IWork work, int number, Caller who, AccessScope scope, Act act) => work.Assignments.Add(
        new Assignment(new AssignmentId(InventedSchool.Number(700 + number)), who.Who, Role.Technician, scope, InventedSchool.Morning - Duration.FromDays(1), null, act));

    private static async Task ChangeAsync(TemporaryRelayStorage storage, Action<IWork> change)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.OnAuthority], Cancellation);
        change(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static async Task<List<string>> AuditAsync(TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        return await context.Audit.OrderBy(row => row.Number).Select(row => row.What).ToListAsync(Cancellation);
    }
}

public sealed class StaffFleetOnSqliteTests() : StaffFleetContract(TestDatabase.Sqlite);

public sealed class StaffFleetOnPostgresTests() : StaffFleetContract(TestDatabase.Postgres);

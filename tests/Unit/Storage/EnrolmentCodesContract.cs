using AV1Relay.Application.Fleet;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public abstract class EnrolmentCodesContract(TestDatabase database)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 9, 9, 0);
    private static readonly StoredEnrolmentCode Code = new("ABCD", "EFGHJKMNPQRSTVWXYZ01", Now + Duration.FromMinutes(60), 0, null);

    private static AuditEntry Entry(string robot) => new(Now, "code ABCD", "robot.enrolled", robot, "");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_used_once_and_forgets_its_secret()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        Assert.Equal("robot-1", (await codes.UseAsync("ABCD", Now, Entry, Cancellation))?.Name);
        Assert.Null(await codes.UseAsync("ABCD", Now, Entry, Cancellation));

        var stored = await codes.FindAsync("ABCD", Cancellation);
        Assert.Equal(EnrolmentCodeStanding.Used, stored?.StandingAt(Now));
        Assert.Equal(string.Empty, stored?.Secret);
        Assert.Equal(new AuditVerification(1, null, null), await storage.Get<IAuditLog>().VerifyAsync(Cancellation)); // kept with it
    }

    [Fact]
    public async Task Of_many_who_use_a_code_at_once_one_succeeds()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        var robots = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => codes.UseAsync("ABCD", Now, Entry, Cancellation))));

        Assert.Single(robots, robot => robot is not null);
        Assert.Single(await storage.Get<IRobotRegistry>().ListAsync(Cancellation));
    }

    [Fact]
    public async Task Five_wrong_tries_kill_a_code()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => codes.CountWrongTryAsync("ABCD", Cancellation))));

        Assert.Equal(EnrolmentCodeStanding.Dead, (await codes.FindAsync("ABCD", Cancellation))?.StandingAt(Now));
        Assert.Null(await codes.UseAsync("ABCD", Now, Entry, Cancellation));
    }

    [Fact]
    public async Task A_code_is_no_good_once_its_time_is_over()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        Assert.Equal(EnrolmentCodeStanding.Expired, (await codes.FindAsync("ABCD", Cancellation))?.StandingAt(Code.ExpiresAt));
        Assert.Null(await codes.UseAsync("ABCD", Code.ExpiresAt, Entry, Cancellation));
    }

    [Fact]
    public async Task Who_uses_a_schools_code_belongs_to_that_school_until_it_is_removed()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (codes, school) = (storage.Get<IEnrolmentCodes>(), new SchoolId(Guid.NewGuid()));
        await codes.TryAddAsync(Code with { School = school }, Cancellation);

        await codes.UseAsync("ABCD", Now, Entry, Cancellation);
        Assert.Equal(school, (await StationAsync(storage, "robot-1"))?.School);

        await RemoveAsync(storage, "robot-1");
        Assert.Null(await StationAsync(storage, "robot-1"));
    }

    [Fact]
    public async Task A_code_that_is_added_in_work_that_is_not_kept_was_never_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await using (var work = await storage.Get<IRecords>().BeginAsync(default, Now, [Claim.OnAuthority], Cancellation))
        {
            Assert.True(await work.Codes.TryAddAsync(Code, Cancellation));
            Assert.False(await work.Codes.TryAddAsync(Code, Cancellation));
        }

        Assert.Null(await storage.Get<IEnrolmentCodes>().FindAsync("ABCD", Cancellation));
    }

    [Fact]
    public async Task Two_codes_never_share_an_id()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();

        Assert.True(await codes.TryAddAsync(Code, Cancellation));
        Assert.False(await codes.TryAddAsync(Code with { Secret = "OTHER" }, Cancellation));
    }

    [Fact]
    public async Task A_robot_is_found_by_its_certificate_until_nobody_knows_the_serial_number()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (codes, robots) = (storage.Get<IEnrolmentCodes>(), storage.Get<IRobotRegistry>());
        await codes.TryAddAsync(Code, Cancellation);
        await codes.UseAsync("ABCD", Now, Entry, Cancellation);
        await robots.AddCertificateAsync(new RobotCertificate("0A", "robot-1", Now), Cancellation);

        Assert.Equal("robot-1", (await robots.FindByCertificateAsync("0A", Cancellation))?.Name);
        Assert.Null(await robots.FindByCertificateAsync("0B", Cancellation));

        Assert.True(await RemoveAsync(storage, "robot-1"));
        Assert.False(await RemoveAsync(storage, "robot-1"));
        Assert.True((await robots.FindByCertificateAsync("0A", Cancellation))?.IsRemoved);
        Assert.Empty(await robots.WhoIsLetInAsync(["robot-1", "robot-2"], Cancellation));
    }

    private static Task<bool> RemoveAsync(TemporaryRelayStorage storage, string robot) =>
        new OperatorFleet(storage.Get<IRecords>(), TimeProvider.System, "command line (test)").RemoveAsync(robot, Cancellation);

    private static async Task<StationedRobot?> StationAsync(TemporaryRelayStorage storage, string robot)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(default, Now, [], Cancellation);
        return (await work.StationedRobots.FindAsync(robot, Cancellation))?.Value;
    }
}

public sealed class EnrolmentCodesOnSqliteTests() : EnrolmentCodesContract(TestDatabase.Sqlite);

public sealed class EnrolmentCodesOnPostgresTests() : EnrolmentCodesContract(TestDatabase.Postgres);

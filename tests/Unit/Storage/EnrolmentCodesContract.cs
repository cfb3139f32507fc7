using AV1Relay.Domain.Robots;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

public abstract class EnrolmentCodesContract(TestDatabase database)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 9, 9, 0);
    private static readonly StoredEnrolmentCode Code = new("ABCD", "EFGHJKMNPQRSTVWXYZ01", Now + Duration.FromMinutes(60), 0, null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_used_once_and_forgets_its_secret()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        Assert.Equal("robot-1", (await codes.UseAsync("ABCD", Now, Cancellation))?.Name);
        Assert.Null(await codes.UseAsync("ABCD", Now, Cancellation));

        var stored = await codes.FindAsync("ABCD", Cancellation);
        Assert.Equal(EnrolmentCodeStanding.Used, stored?.StandingAt(Now));
        Assert.Equal(string.Empty, stored?.Secret);
    }

    [Fact]
    public async Task Of_many_who_use_a_code_at_once_one_succeeds()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        var robots = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => codes.UseAsync("ABCD", Now, Cancellation))));

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
        Assert.Null(await codes.UseAsync("ABCD", Now, Cancellation));
    }

    [Fact]
    public async Task A_code_is_no_good_once_its_time_is_over()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var codes = storage.Get<IEnrolmentCodes>();
        await codes.TryAddAsync(Code, Cancellation);

        Assert.Equal(EnrolmentCodeStanding.Expired, (await codes.FindAsync("ABCD", Cancellation))?.StandingAt(Code.ExpiresAt));
        Assert.Null(await codes.UseAsync("ABCD", Code.ExpiresAt, Cancellation));
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
        await codes.UseAsync("ABCD", Now, Cancellation);
        await robots.AddCertificateAsync(new RobotCertificate("0A", "robot-1", Now), Cancellation);

        Assert.Equal("robot-1", (await robots.FindByCertificateAsync("0A", Cancellation))?.Name);
        Assert.Null(await robots.FindByCertificateAsync("0B", Cancellation));

        Assert.True(await robots.RemoveAsync("robot-1", Now, Cancellation));
        Assert.False(await robots.RemoveAsync("robot-1", Now, Cancellation));
        Assert.True((await robots.FindByCertificateAsync("0A", Cancellation))?.IsRemoved);
    }
}

public sealed class EnrolmentCodesOnSqliteTests() : EnrolmentCodesContract(TestDatabase.Sqlite);

public sealed class EnrolmentCodesOnPostgresTests() : EnrolmentCodesContract(TestDatabase.Postgres);

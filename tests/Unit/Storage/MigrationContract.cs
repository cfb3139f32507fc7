using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Joining;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

/// <summary>What an earlier version wrote is there, and of use, after the tables have been brought up to date.</summary>
/// <remarks>The rows are in SQL, as that version left them: today's classes don't know yesterday's tables.</remarks>
public abstract class MigrationContract(TestDatabase database)
{
    private const string FirstVersion = "Beginning";
    private const string SecondVersion = "Records";
    private const string NewestAuditHash = "4671FD101CC0C71A4D625F7C958CAC45BFFE00766026BEF1EC319E16A9572787";

    private static readonly Instant Enrolled = Instant.FromUnixTimeMilliseconds(1_795_000_060_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_first_version_wrote_serves_the_newest_one()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database, at: FirstVersion);
        await WriteAsTheFirstVersionAsync(storage);

        await RelayStorage.MigrateAsync(storage.Services, Cancellation);

        var robots = storage.Get<IRobotRegistry>();
        Assert.Equal([new Robot("robot-1", Enrolled, null), new Robot("robot-2", Enrolled, Enrolled + Duration.FromHours(1))], await robots.ListAsync(Cancellation));
        Assert.Equal("robot-1", (await robots.FindByCertificateAsync("0A", Cancellation))?.Name);
        Assert.Equal(
            new StoredEnrolmentCode("ABCD", "SECRET", Enrolled + Duration.FromDays(1), 2, null),
            await storage.Get<IEnrolmentCodes>().FindAsync("ABCD", Cancellation));
        Assert.Equal("maths", (await storage.Get<IJoinCodes>().FindAsync("brave-otter", Cancellation))?.Session);
        var addresses = await storage.Get<IRelayAddresses>().FindAsync(Cancellation);
        Assert.Equal(("https://relay.example", "https://relay.example:8443", "192.0.2.1:5004"), (addresses?.PageUrls[0], addresses?.RobotUrls[0], addresses?.MediaEndpoints[0]));
        Assert.Equal(new AuditVerification(2, null, null), await storage.Get<IAuditLog>().VerifyAsync(Cancellation));
    }

    [Fact]
    public async Task A_session_that_was_open_goes_on_and_later_ones_are_numbered_after_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database, at: FirstVersion);
        await WriteAsTheFirstVersionAsync(storage);

        await RelayStorage.MigrateAsync(storage.Services, Cancellation);

        var bindings = storage.Get<ISessionBindings>();
        var window = new SessionWindow(Enrolled, Enrolled + Duration.FromHours(1));
        Assert.Equal(new SessionBinding("maths", "robot-1", window, 41), await bindings.FindOpenAsync("maths", Enrolled, Cancellation));
        Assert.True((await bindings.BindAsync("history", "robot-1", window, Enrolled, Cancellation)).FencingNumber > 41);
    }

    [Fact]
    public async Task Everything_on_a_pupil_is_read_as_the_second_version_wrote_it()
    {
        await using var storage = await AsTheSecondVersionAsync();

        await RelayStorage.MigrateAsync(storage.Services, Cancellation);

        await EverythingIsReadAsync(storage);
    }

    [Fact]
    public async Task Whichever_version_an_installation_has_stopped_at_everything_is_read_by_the_newest()
    {
        foreach (var version in await VersionsSinceThenAsync())
        {
            await using var storage = await AsTheSecondVersionAsync();
            await using (var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation))
                await context.Database.MigrateAsync(version, Cancellation);

            await RelayStorage.MigrateAsync(storage.Services, Cancellation);

            await EverythingIsReadAsync(storage);
        }
    }

    [Fact]
    public async Task An_authoritys_settings_are_read_without_the_names_that_are_each_schools_own_now()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database, at: SecondVersion);
        await ExecuteAsync(storage,
        [
            """
            INSERT INTO "AuthoritySettings" ("Id", "Version", "ChangedBy", "ChangedAt", "Document")
            VALUES ('00000001-0000-0000-0000-000000000000', 3, '00000000-0000-0000-0000-000000000001', 1795000000000, '{"prompts":{"afterDays":20},"namesInFeeds":false,"registerCodes":[]}')
            """,
        ]);

        await RelayStorage.MigrateAsync(storage.Services, Cancellation);

        await using var look = await storage.Get<IRecords>().BeginAsync(PlanFixture.KeyAdult, Enrolled, [], Cancellation);
        Assert.Equal(20, (await look.Settings.FindAsync(Cancellation))?.Value.Prompts.AfterDays);
    }

    private static async Task EverythingIsReadAsync(TemporaryRelayStorage storage)
    {
        await using var look = await storage.Get<IRecords>().BeginAsync(PlanFixture.KeyAdult, Enrolled, [], Cancellation);
        Assert.Equal(OnePupil.Kinds.Except(SinceThen), (await look.PupilData.OfPupilAsync(OnePupil.Id, Cancellation)).Select(record => record.Kind).Distinct());
        var plan = (await look.Plans.FindAsync(OnePupil.Plan.Id, Cancellation))?.Value;
        Assert.Equal(OnePupil.Plan.Ladder.Steps.Select(step => step.Situation), plan?.Ladder.Steps.Select(step => step.Situation));
        Assert.Equal(OnePupil.Word, plan?.Sections[^1].Text);
    }

    private async Task<TemporaryRelayStorage> AsTheSecondVersionAsync()
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database, at: SecondVersion);
        await ExecuteAsync(storage, await ReadVersionAsync($"Records.{(database == TestDatabase.Sqlite ? "sqlite" : "postgres")}.sql"));
        return storage;
    }

    /// <summary>All after the second but the newest.</summary>
    private async Task<IReadOnlyList<string>> VersionsSinceThenAsync()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database, at: SecondVersion);
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        var versions = (await context.Database.GetPendingMigrationsAsync(Cancellation)).SkipLast(1).ToList();
        Assert.NotEmpty(versions);
        return versions;
    }

    /// <summary>Kinds of records that the second version did not know.</summary>
    private static readonly string[] SinceThen = ["plan-comment"];

    private static async Task<IReadOnlyList<string>> ReadVersionAsync(string name)
    {
        await using var stream = typeof(MigrationContract).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not there.");
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task WriteAsTheFirstVersionAsync(TemporaryRelayStorage storage)
    {
        var isSqlite = storage.DatabaseFile == storage.ConnectTo;
        string List(string entry) => isSqlite ? $"'[\"{entry}\"]'" : $"ARRAY['{entry}']";
        string Bytes(string hex) => isSqlite ? $"x'{hex}'" : $"decode('{hex}', 'hex')";
        await ExecuteAsync(storage,
        [
            """INSERT INTO "Robots" ("Number", "Name", "EnrolledAt", "RemovedAt") VALUES (1, 'robot-1', 1795000060000, NULL), (2, 'robot-2', 1795000060000, 1795003660000)""",
            """INSERT INTO "RobotCertificates" ("SerialNumber", "RobotName", "NotAfter") VALUES ('0A', 'robot-1', 1895000000000)""",
            """INSERT INTO "EnrolmentCodes" ("Id", "Secret", "ExpiresAt", "WrongTries", "UsedAt") VALUES ('ABCD', 'SECRET', 1795086460000, 2, NULL)""",
            """INSERT INTO "JoinCodes" ("Code", "Session", "ExpiresAt", "SessionEndsAt", "UsedAt") VALUES ('brave-otter', 'maths', 1795001000000, 1795003660000, NULL)""",
            $"""INSERT INTO "RelayAddresses" ("Id", "PageUrls", "RobotUrls", "MediaEndpoints") VALUES (1, {List("https://relay.example")}, {List("https://relay.example:8443")}, {List("192.0.2.1:5004")})""",
            """INSERT INTO "SessionBindings" ("FencingNumber", "Session", "RobotName", "StartsAt", "EndsAt") VALUES (41, 'maths', 'robot-1', 1795000060000, 1795003660000)""",
            // PostgreSQL counts beside its rows.
            isSqlite ? "SELECT 1" : """SELECT setval(pg_get_serial_sequence('"SessionBindings"', 'FencingNumber'), 41), setval(pg_get_serial_sequence('"Robots"', 'Number'), 2)""",
            $"""
             INSERT INTO "Audit" ("Number", "At", "Who", "What", "Subject", "Detail", "Hash") VALUES
             (1, 1795000000000, 'command line (root)', 'enrolment.code_created', 'SN1', '', {Bytes("ADBF6F96723C8FF2396A2B06D3759226777E18D33E5F5EE83A04F9E7007F241D")}),
             (2, 1795000060000, 'relay', 'robot.enrolled', 'robot-1', 'serial number 0A', {Bytes(NewestAuditHash)})
             """,
        ]);
        await File.WriteAllTextAsync(storage.AuditHeadsFile, $"2 {NewestAuditHash.ToLowerInvariant()}\n", Cancellation);
    }

    private static async Task ExecuteAsync(TemporaryRelayStorage storage, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            await storage.ExecuteAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)); // braces are for parameters
    }
}

public sealed class MigrationOnSqliteTests() : MigrationContract(TestDatabase.Sqlite);

public sealed class MigrationOnPostgresTests() : MigrationContract(TestDatabase.Postgres);

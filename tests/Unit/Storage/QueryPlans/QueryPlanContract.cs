using AV1Relay.Application.Sample;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Records;
using AV1Relay.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage.QueryPlans;

/// <summary>Each query behind a page finds its rows by an index, in a county large enough for the databases to want one.</summary>
public abstract class QueryPlanContract(TestDatabase database)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 11, 10, 0);
    private static readonly Instant LongAgo = Now - Duration.FromDays(730);
    private static readonly LocalDate Today = new(2026, 11, 11);
    private static readonly SampleSize Size = SampleSize.County(20);

    // Of these the county has too few rows for PostgreSQL to bother; SQLite looks at all.
    private static readonly string[] Small =
    [
        "Schools", "SchoolTimes", "StationedRobots", "Robots", "AuthoritySettings", "Arrangements", "Referrals", "PupilDevices", "Ratings",
        "MissedSessions", "PlanComments",
    ];

    private readonly QueriesSeen _seen = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_query_of_a_page_reads_a_whole_table()
    {
        await using var storage = await SeedAsync();
        var school = new CountyGenerator(1, Size, Now).Schools().First();
        List<string> found = [];
        foreach (var (name, ask) in Queries(school))
        {
            await using var work = await storage.Get<IRecords>().BeginAsync(school.Staff.Sendco, Now, [], Cancellation);
            _seen.IsListening = true;
            await ask(work);
            _seen.IsListening = false;
            found.AddRange((await FindWholeReadsAsync(storage)).Select(step => $"{name}: {step}"));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task A_query_that_no_index_fits_is_found()
    {
        await using var storage = await SeedAsync();
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        _seen.IsListening = true;
        await context.Sessions.Where(row => row.State == SessionState.Live).Select(row => row.Document).ToListAsync(Cancellation);
        _seen.IsListening = false;

        Assert.Single(await FindWholeReadsAsync(storage));
    }

    private static IEnumerable<(string Name, Func<IWork, Task> Ask)> Queries(SampleSchool school)
    {
        var (pupil, id) = (school.Pupils[0], school.Card.Id);
        var (plan, session, robot, keyAdult) = (pupil.Plan, pupil.Sessions[0], school.Robots[0].RobotName, school.Staff.KeyAdults[0]);
        var week = new DateInterval(Today.PlusDays(-2), Today.PlusDays(4));
        yield return ("plan", work => work.Plans.FindAsync(plan.Id, Cancellation));
        yield return ("plans of a pupil", work => work.Plans.OfPupilAsync(plan.Pupil, Cancellation));
        yield return ("plans of a school", work => work.Plans.OfSchoolAsync(id, 100, Cancellation));
        yield return ("outlines of a school", work => work.Plans.OutlinesOfSchoolAsync(id, 100, Cancellation));
        yield return ("active plans of a school", work => work.Plans.ActiveOfSchoolAsync(id, Cancellation));
        yield return ("session", work => work.Sessions.FindAsync(session.Id, Cancellation));
        yield return ("sessions of a pupil", work => work.Sessions.OfPupilAsync(plan.Pupil, Cancellation));
        yield return ("sessions of a school's week", work => work.Sessions.OfSchoolAsync(id, week, Cancellation));
        yield return ("each session of a school's year", async work => await work.Sessions.EachOfSchoolAsync(id, week, Cancellation).CountAsync(Cancellation));
        yield return ("sessions of a robot", work => work.Sessions.OfRobotAsync(robot, Now, Now + Duration.FromDays(7), Cancellation));
        yield return ("sessions for a booking", work => work.Sessions.ForBookingAsync(plan.Pupil, week, [robot], [keyAdult], week, Cancellation));
        yield return ("unfinished sessions", work => work.Sessions.UnfinishedAsync(Now, 100, Cancellation));
        yield return ("unfinished sessions of a robot", work => work.Sessions.UnfinishedOfRobotAsync(robot, Cancellation));
        yield return ("devices of pupils", work => work.Devices.OfPupilsAsync([plan.Pupil, school.Pupils[1].Plan.Pupil], Cancellation));
        yield return ("arrangements of pupils", work => work.Arrangements.OfPupilsAsync([plan.Pupil, school.Pupils[1].Plan.Pupil], Cancellation));
        yield return ("ratings of pupils", work => work.Ratings.OfPupilsAsync([plan.Pupil, school.Pupils[1].Plan.Pupil], Cancellation));
        yield return ("half days missed", work => work.Missed.FindAllAsync([(plan.Pupil, new LocalDate(2026, 9, 1))], Cancellation));
        yield return ("plans by their ids", work => work.Plans.FindAllAsync([plan.Id, school.Pupils[1].Plan.Id], Cancellation));
        yield return ("each plan of a school", async work => await work.Plans.EachOfSchoolAsync(id, Cancellation).CountAsync(Cancellation));
        yield return ("enrolled robots by name", work => work.EnrolledRobots.FindAllAsync([robot], Cancellation));
        yield return ("assignment", work => work.Assignments.FindAsync(school.Assignments[0].Id, Cancellation));
        yield return ("assignments of a person", work => work.Assignments.OfPersonAsync(keyAdult, Cancellation));
        yield return ("assignments at a school", work => work.Assignments.OfSchoolAsync(id, Cancellation));
        yield return ("assignments to a plan", work => work.Assignments.OfPlanAsync(plan.Id, Cancellation));
        yield return ("contacts of a pupil", work => work.Contacts.FindAsync(plan.Pupil, Cancellation));
        yield return ("contacts due", work => work.Contacts.WithNextDueAsync([.. school.Pupils.Select(one => one.Plan.Pupil)], Today, Cancellation));
        yield return ("comments that wait", work => work.PlanComments.WaitingAsync([.. school.Pupils.Select(one => one.Plan.Id)], Cancellation));
        yield return ("lines of a school's ledger", async work => await work.Engagement.OfSchoolAsync(id, week, Cancellation).CountAsync(Cancellation));
        yield return ("line of a session", work => work.Engagement.OfSessionAsync(session.Id, Cancellation));
        yield return ("robots of a school", work => work.StationedRobots.OfSchoolAsync(id, Cancellation));
        yield return ("arrangements due", work => work.Arrangements.WithDateDueAsync(id, Today, Cancellation));
        yield return ("referrals waiting", work => work.Referrals.WaitingAsync(id, Cancellation));
        yield return ("names of a school's sessions", work => work.Sessions.NamesOfSchoolAsync(id, 100, Cancellation));
        var month = new AuditQuestion(Now - Duration.FromDays(30), Now, NotWhat: ["safeguarding.concern-raised"]);
        yield return ("the newest of the audit", work => work.Audit.SearchAsync(month, null, 50, Cancellation));
        yield return ("an old month of the audit", work => work.Audit.SearchAsync(month with { From = LongAgo, Until = LongAgo + Duration.FromDays(30) }, null, 50, Cancellation));
        yield return ("the audit of one person", work => work.Audit.SearchAsync(month with { Who = "person 7" }, null, 50, Cancellation));
        yield return ("the audit of one plan", work => work.Audit.SearchAsync(month with { Subjects = ["plan 7", "sessions of plan 7"] }, 1_030_000, 50, Cancellation));
        yield return ("the audit of a school", work => work.Audit.SearchAsync(
            month with { Subjects = [.. Enumerable.Range(0, 400).Select(number => $"plan {number}")], What = AuditKinds.Of(AuditKind.Change) }, null, 50, Cancellation));
        yield return ("pupils of a school", work => work.Schoolings.PupilsOfAsync(id, Today, Cancellation));
    }

    private async Task<TemporaryRelayStorage> SeedAsync()
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database, _seen);
        await new CountySeeder(storage.Get<IRecords>(), TimeProvider.System).SeedAsync(new CountyGenerator(1, Size, Now), "a test", null, Cancellation);
        await storage.ExecuteAsync(ManyAuditEntries(database == TestDatabase.Sqlite ? "x'00'" : @"'\x00'::bytea"));
        await storage.ExecuteAsync("ANALYZE");
        return storage;
    }

    /// <summary>Of two years, so many that a database wants an index; nobody verifies their chain.</summary>
    private static string ManyAuditEntries(string hash) => $"""
        WITH RECURSIVE entry(number) AS (SELECT 1000000 UNION ALL SELECT number + 1 FROM entry WHERE number < 1060000)
        INSERT INTO "Audit" ("Number", "At", "Who", "What", "Subject", "Detail", "Hash")
        SELECT number, {LongAgo.ToUnixTimeMilliseconds()} + CAST(number - 1000000 AS bigint) * 1051200, 'person ' || (number % 997), 'plan.read', 'plan ' || (number % 3001), '', {hash} FROM entry
        """;

    private async Task<List<string>> FindWholeReadsAsync(TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        List<string> found = [];
        foreach (var query in _seen.Take()) found.AddRange(await QueryPlan.FindWholeReadsAsync(context, query, Cancellation));
        return database == TestDatabase.Postgres ? [.. found.Where(step => !Small.Any(table => step.EndsWith($" on {table}", StringComparison.Ordinal)))] : found;
    }
}

public sealed class QueryPlansOnSqliteTests() : QueryPlanContract(TestDatabase.Sqlite);

public sealed class QueryPlansOnPostgresTests() : QueryPlanContract(TestDatabase.Postgres);

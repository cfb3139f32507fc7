using AV1Relay.Application.Privacy;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.Records;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Privacy;

public abstract class Rule12RetentionRunContract(TestDatabase database)
{
    private static readonly RetentionRule PlansForAYear = new(RetentionClass.PlanRecord, RetentionStart.Recorded, Period.FromYears(1), "Our schedule");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_goes_with_evidence_and_the_rest_stays()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        desk.Time.Advance(TimeSpan.FromDays(366));

        Assert.Equal([new RetentionCount(RetentionClass.SessionDetail, 2, 0)], await desk.RunAsync());

        Assert.Equal(OnePupil.Kinds.Except(["rating", "session"]), await desk.KindsAsync());
        Assert.Equal(2, (await desk.EvidenceAsync()).Sum(piece => piece.Count));
        Assert.Null((await desk.VerifyAuditAsync()).Problem);
        Assert.Contains("Audit.What", await desk.Storage.FindWordAsync("retention.deleted"));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        desk.Time.Advance(TimeSpan.FromDays(366));
        await desk.RunAsync();
        var (evidence, audit) = (await desk.EvidenceAsync(), await desk.VerifyAuditAsync());

        Assert.Empty(await desk.RunAsync());

        Assert.Equal(evidence, await desk.EvidenceAsync());
        Assert.Equal(audit, await desk.VerifyAuditAsync());
    }

    [Fact]
    public async Task What_is_held_stays_and_is_counted()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.HoldAsync(RetentionClass.SessionDetail);
        desk.Time.Advance(TimeSpan.FromDays(366));

        Assert.Equal([new RetentionCount(RetentionClass.SessionDetail, 0, 2)], await desk.RunAsync());

        Assert.Equal(OnePupil.Kinds, await desk.KindsAsync());
    }

    [Fact]
    public async Task What_is_counted_from_birth_goes_when_the_pupil_is_old_enough()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        desk.Time.SetUtcNow(new DateTimeOffset(2044, 5, 3, 12, 0, 0, TimeSpan.Zero));
        await desk.RunAsync();
        Assert.Contains("plan", await desk.KindsAsync());

        desk.Time.Advance(TimeSpan.FromDays(1));
        await desk.RunAsync();

        Assert.Empty(await desk.KindsAsync());
    }

    [Fact]
    public async Task Who_the_pupil_is_stays_as_long_as_anything_else_does()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.SetAsync(PlansForAYear);
        desk.Time.Advance(TimeSpan.FromDays(366 * 2));

        await desk.RunAsync();

        Assert.Equal(["concern", "missed-sessions", "parenthood", "schooling", "pupil-card"], await desk.KindsAsync()); // concerns and days missed are kept for 6 years
    }

    [Fact]
    public async Task A_run_that_is_cut_off_leaves_whole_batches_and_the_next_one_goes_on()
    {
        const int Ratings = RetentionRun.BatchSize + 100;
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work =>
        {
            for (var number = 0; number < Ratings - 1; number++)
                work.Ratings.Add(new StepRating(new RatingId(PlanFixture.Id(10_000 + number)), OnePupil.Id, PlanFixture.Watch.Id, null, PlanFixture.Start, new PupilsRatings(3, null, null, null)));
        });
        desk.Time.Advance(TimeSpan.FromDays(366));

        // Telemetry, the kinds, a look, a batch; then the next look never comes.
        await Assert.ThrowsAsync<IOException>(() => desk.RunAsync(new CutOff(desk.Records, after: 4)));
        Assert.Equal(RetentionRun.BatchSize, Assert.Single(await desk.EvidenceAsync()).Count);

        Assert.Equal([new RetentionCount(RetentionClass.SessionDetail, 100 + 1, 0)], await desk.RunAsync()); // and the session
    }

    [Fact]
    public async Task Which_robot_a_session_had_goes_after_its_month()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        var bindings = desk.Storage.Get<ISessionBindings>();
        await bindings.BindAsync("old", "robot-1", new SessionWindow(desk.Now, desk.Now + Duration.FromHours(1)), desk.Now, Cancellation);
        desk.Time.Advance(TimeSpan.FromDays(32));
        await bindings.BindAsync("new", "robot-1", new SessionWindow(desk.Now, desk.Now + Duration.FromHours(1)), desk.Now, Cancellation);

        Assert.Equal([new RetentionCount(RetentionClass.Telemetry, 1, 0)], await desk.RunAsync());

        Assert.Single(await bindings.ListOpenAsync(desk.Now, Cancellation));
    }

    /// <summary>Records that can be reached so many times, as by a program that is killed then.</summary>
    private sealed class CutOff(IRecords records, int after) : IRecords
    {
        private int _left = after;

        public Task<IWork> BeginAsync(PersonId who, Instant now, IReadOnlyCollection<Claim> claims, CancellationToken cancellationToken) =>
            _left-- > 0 ? records.BeginAsync(who, now, claims, cancellationToken) : throw new IOException("It was killed.");
    }
}

public sealed class Rule12RetentionRunOnSqliteTests() : Rule12RetentionRunContract(TestDatabase.Sqlite);

public sealed class Rule12RetentionRunOnPostgresTests() : Rule12RetentionRunContract(TestDatabase.Postgres);

using AV1Relay.Application.Privacy;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Grants;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.Records;
using Microsoft.EntityFrameworkCore;
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
    public async Task A_record_that_can_not_be_read_keeps_no_other_kind_for_longer_than_its_time()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await using (var context = await desk.Storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation))
            await context.Assignments.ExecuteUpdateAsync(set => set.SetProperty(row => row.Document, "{}"), Cancellation);
        desk.Time.SetUtcNow(new DateTimeOffset(2044, 5, 4, 12, 0, 0, TimeSpan.Zero));

        await Assert.ThrowsAsync<AggregateException>(() => desk.RunAsync());

        Assert.Empty(await desk.KindsAsync());
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
    public async Task A_tablet_that_is_the_pupils_stays_theirs_however_long_ago_it_became_so()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.Devices.Add(new PupilDevice("tablet", OnePupil.Id, PlanFixture.ActAt())));
        desk.Time.Advance(TimeSpan.FromDays(366 * 2));

        await desk.RunAsync();

        Assert.Contains("device", await desk.KindsAsync());
    }

    [Fact]
    public async Task A_tablet_that_was_taken_away_is_forgotten_a_year_later()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        var takenAway = new PupilDevice("tablet", OnePupil.Id, PlanFixture.ActAt()).Unbind(new Act(PlanFixture.Lead, desk.Now));
        await desk.ChangeAsync(work => work.Devices.Add(takenAway));
        desk.Time.Advance(TimeSpan.FromDays(364));
        await desk.RunAsync();
        Assert.Contains("device", await desk.KindsAsync());

        desk.Time.Advance(TimeSpan.FromDays(2));
        await desk.RunAsync();

        Assert.DoesNotContain("device", await desk.KindsAsync());
    }

    [Fact]
    public async Task A_tablet_keeps_no_pupil_of_whom_nothing_else_is_kept()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.Devices.Add(new PupilDevice("tablet", OnePupil.Id, PlanFixture.ActAt())));
        desk.Time.SetUtcNow(new DateTimeOffset(2060, 1, 1, 12, 0, 0, TimeSpan.Zero));

        await desk.RunAsync();

        Assert.Empty(await desk.KindsAsync());
    }

    [Fact]
    public async Task A_role_that_ended_goes_after_its_time_and_with_the_last_one_who_had_it()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work =>
        {
            work.PersonCards.Add(Family.Card(Family.Teacher));
            work.Assignments.Add(Family.AtSchool(1, Family.Teacher, until: desk.Now + Duration.FromDays(100)));
        });
        desk.Time.Advance(TimeSpan.FromDays(100 + 364));
        await desk.RunAsync();
        Assert.Single(await RolesAsync(desk));

        desk.Time.Advance(TimeSpan.FromDays(2));
        Assert.Contains(new RetentionCount(RetentionClass.Adult, 2, 0), await desk.RunAsync());

        Assert.Empty(await RolesAsync(desk));
        Assert.Null(await desk.ReadAsync(work => work.PersonCards.FindAsync(Family.Teacher, Cancellation)));
    }

    [Fact]
    public async Task Who_has_a_role_or_a_child_here_stays_however_long()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work =>
        {
            work.PersonCards.Add(Family.Card(Family.Teacher));
            work.PersonCards.Add(Family.Card(OnePupil.Mother));
            work.Assignments.Add(Family.AtSchool(1, Family.Teacher, until: null));
        });
        desk.Time.Advance(TimeSpan.FromDays(366 * 5));

        await desk.RunAsync();

        Assert.NotNull(await desk.ReadAsync(work => work.PersonCards.FindAsync(Family.Teacher, Cancellation)));
        Assert.NotNull(await desk.ReadAsync(work => work.PersonCards.FindAsync(OnePupil.Mother, Cancellation)));
        Assert.Single(await RolesAsync(desk));
    }

    [Fact]
    public async Task Roles_at_a_plan_go_once_the_plan_is_gone()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.Assignments.Add(Family.AtPlan(1, Family.Teacher, Role.KeyAdult)));
        desk.Time.SetUtcNow(new DateTimeOffset(2043, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await desk.RunAsync();
        Assert.Single(await RolesAsync(desk));

        desk.Time.SetUtcNow(new DateTimeOffset(2060, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await desk.RunAsync();

        Assert.Empty(await RolesAsync(desk));
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
        await Assert.ThrowsAsync<AggregateException>(() => desk.RunAsync(new CutOff(desk.Records, after: 4)));
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

    private static Task<IReadOnlyList<Assignment>> RolesAsync(PrivacyDesk desk) =>
        desk.ReadAsync(work => work.Assignments.OfPersonAsync(Family.Teacher, Cancellation));

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

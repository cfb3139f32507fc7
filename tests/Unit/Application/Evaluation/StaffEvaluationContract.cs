using AV1Relay.Application.Asking;
using AV1Relay.Application.Evaluation;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Evaluation;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.QueryPlans;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Evaluation;

public abstract class StaffEvaluationContract(TestDatabase database)
{
    private const int Pupils = 6;
    private static readonly EvaluationYear Year = new("2026/27", new LocalDate(2026, 9, 1), new LocalDate(2027, 9, 1), new LocalDate(2027, 9, 1));
    private static readonly EvaluationPeriod Period = Year.PeriodsOf(EvaluationSplit.Year)[0];
    private static readonly EvaluationQuestion Question = new([InventedSchool.Id], Year, EvaluationSplit.Year);
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());
    private readonly QueriesSeen _seen = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ratings_count_as_far_as_pupils_share_them()
    {
        await using var storage = await OpenAsync();
        await ChangeAsync(storage, work =>
        {
            for (var pupil = 1; pupil <= Pupils; pupil++)
            {
                var rated = new StepRating(new RatingId(InventedSchool.Number(600 + pupil)), InventedSchool.Pupil(pupil), InventedSchool.Step(pupil), null, InventedSchool.Morning)
                    .Answer(PupilsAnswer.Ready).SeenByPupil(InventedSchool.Morning);
                work.Ratings.Add(pupil == Pupils ? rated.Share(SharedWithAdults.Nothing) : rated);
            }
        });

        var figures = (await ExportAsync(storage, InventedSchool.Sendco)).Value.Figures;

        Assert.Equal(Figure.Of(Pupils - 1), figures[Period, EngagementMeasure.RatingsShared][InventedSchool.Id, "ready"]);
    }

    [Fact]
    public async Task The_link_of_a_session_was_steady_unless_it_was_away_for_long()
    {
        await using var storage = await OpenAsync();
        await ChangeAsync(storage, work =>
        {
            for (var pupil = 1; pupil <= Pupils; pupil++) work.Sessions.Add(Held(pupil, away: Duration.FromSeconds(20)));
            for (var pupil = 1; pupil <= Pupils; pupil++) work.Sessions.Add(Held(pupil, away: Duration.FromMinutes(2), day: 1));
        });

        var links = (await ExportAsync(storage, InventedSchool.Sendco)).Value.Figures[Period, EngagementMeasure.LinkQuality];

        Assert.Equal((Figure.Of(Pupils), Figure.Of(Pupils)), (links[InventedSchool.Id, "steady"], links[InventedSchool.Id, "with a long break"]));
    }

    [Fact]
    public async Task Nothing_is_gathered_for_who_has_no_right_to_it()
    {
        await using var storage = await OpenAsync();
        _seen.IsListening = true;

        Assert.True((await ExportAsync(storage, InventedSchool.Technician)).IsRefused);

        Assert.DoesNotContain(_seen.Take(), query => query.Sql.Contains("\"Sessions\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Those_who_may_read_the_figures_of_a_school_read_them_and_take_them_away()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var evaluation = new StaffEvaluation(new Desk(storage.Get<IRecords>(), _time));

        Assert.Equal(
            "Administrator Psychologist Sendco",
            await EveryRole.WhoMayAsync(who => evaluation.ReadAsync(who, Question, null, Cancellation)));
        Assert.Equal("Administrator Psychologist Sendco", await EveryRole.WhoMayAsync(who => evaluation.ExportAsync(who, Question, Cancellation)));
        Assert.Equal("Administrator Psychologist Sendco", await EveryRole.WhoMayAsync(who => evaluation.ChoicesAsync(who, InventedSchool.Id, Cancellation)));
    }

    [Fact]
    public async Task Of_several_schools_those_are_gathered_that_are_open_to_who_asks_with_one_audit_entry()
    {
        await using var storage = await OpenAsync();
        var evaluation = new StaffEvaluation(new Desk(storage.Get<IRecords>(), _time));
        SchoolId[] both = [InventedSchool.Id, InventedSchool.ElsewhereId];

        var gathered = await evaluation.ReadAsync(InventedSchool.Sendco, Question with { Schools = both }, null, Cancellation);
        var entry = await storage.LastAuditedAsync();

        Assert.Equal([InventedSchool.Id], gathered.Value.Names.Keys);
        Assert.Equal(("evaluation.read", "2 schools"), (entry.What, entry.Subject));
        Assert.Equal([InventedSchool.Id], (await evaluation.ChoicesAsync(InventedSchool.Sendco, InventedSchool.Id, Cancellation)).Value.Schools.Select(school => school.Id));
    }

    [Fact]
    public async Task Of_one_school_among_several_the_file_says_nothing_of_the_others()
    {
        await using var storage = await OpenAsync();
        await ChangeAsync(storage, work => work.Assignments.Add(new Assignment(
            new AssignmentId(InventedSchool.Number(9_001)), InventedSchool.Sendco.Who, Role.Sendco, new AccessScope.OneSchool(InventedSchool.ElsewhereId),
            InventedSchool.Morning, null, new Act(InventedSchool.Administrator, InventedSchool.Morning))));
        var evaluation = new StaffEvaluation(new Desk(storage.Get<IRecords>(), _time));
        SchoolId[] both = [InventedSchool.Id, InventedSchool.ElsewhereId];

        var gathered = (await evaluation.ReadAsync(InventedSchool.Sendco, Question with { Schools = both, Only = InventedSchool.Id }, null, Cancellation)).Value;

        Assert.Equal(both.ToHashSet(), gathered.Names.Keys.ToHashSet()); // what is kept back is decided with all of them
        Assert.DoesNotContain(gathered.Lines(), line => line.Contains(EvaluationCsv.AllSchools, StringComparison.Ordinal));
        await Assert.ThrowsAsync<ArgumentException>(() => evaluation.ReadAsync(InventedSchool.Sendco, Question with { Only = InventedSchool.ElsewhereId }, null, Cancellation));
    }

    [Fact]
    public async Task What_was_gathered_is_shown_again_only_to_who_still_may()
    {
        await using var storage = await OpenAsync();
        var evaluation = new StaffEvaluation(new Desk(storage.Get<IRecords>(), _time));
        var gathered = (await evaluation.ReadAsync(InventedSchool.Sendco, Question, null, Cancellation)).Value;

        Assert.False((await evaluation.AgainAsync(InventedSchool.Sendco, Operation.ExportEvaluation, gathered, Cancellation)).IsRefused);
        Assert.Equal("evaluation.exported", (await storage.LastAuditedAsync()).What);
        Assert.True((await evaluation.AgainAsync(InventedSchool.SendcoElsewhere, Operation.ReadEvaluation, gathered, Cancellation)).IsRefused);
    }

    [Fact]
    public async Task A_long_one_says_how_far_it_is_and_is_its_own_persons()
    {
        await using var storage = await OpenAsync();
        await using var runs = new EvaluationRuns(new StaffEvaluation(new Desk(storage.Get<IRecords>(), _time)), _time);

        var run = runs.Start(InventedSchool.Sendco, "Invented School", Question);
        var outcome = await run.WithinAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);

        Assert.False(outcome?.IsRefused);
        Assert.Equal((1, 1, true), (run.Done, run.Schools, run.IsOver));
        Assert.Same(run, runs.Find(InventedSchool.Sendco, run.Id));
        Assert.Null(runs.Find(InventedSchool.Psychologist, run.Id));
        var next = runs.Start(InventedSchool.Sendco, "Invented School", Question);
        Assert.Null(runs.Find(InventedSchool.Sendco, run.Id)); // one a person
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(runs.Find(InventedSchool.Sendco, next.Id));
    }

    private Task<AV1Relay.Domain.Refusals.Outcome<EvaluationExport>> ExportAsync(TemporaryRelayStorage storage, Caller caller) =>
        new StaffEvaluation(new Desk(storage.Get<IRecords>(), _time)).ExportAsync(caller, Question, Cancellation);

    private async Task<TemporaryRelayStorage> OpenAsync()
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database, _seen);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time, Pupils);
        return storage;
    }

    private static async Task ChangeAsync(TemporaryRelayStorage storage, Action<IWork> change)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.OnAuthority], Cancellation);
        change(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    /// <summary>In the week before.</summary>
    private static ScheduledSession Held(int pupil, Duration away, int day = 0)
    {
        var date = InventedSchool.Monday.PlusDays(day - 7);
        var start = date.At(new LocalTime(10, 5)).InZoneStrictly(InventedSchool.London).ToInstant();
        var (id, act) = (InventedSchool.Session((10 * pupil) + day), new Act(InventedSchool.KeyAdult.Who, start - Duration.FromMinutes(10)));
        var use = new BookedUse(
            InventedSchool.Id, InventedSchool.Pupil(pupil), InventedSchool.Plan(pupil), InventedSchool.Step(pupil), new CapabilitySet(Capability.See), AsksParent: false,
            Lesson: null, InventedSchool.Room, new LocalSlot(date, new LocalTime(10, 5), Duration.FromMinutes(30)), InventedSchool.London, PupilLocation.Home, act.Who,
            $"robot-{pupil}", act.Who);
        var yes = new Agreement(InventedSchool.Pupil(pupil).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(id), act.At, AgreementManner.InPerson);
        return new ScheduledSession(id, use, new SessionHistory(
            act, [yes], new RobotPlacement(act), [new DeviceJoin("tablet", start)], [new Pause(PauseReason.NoNetwork, start, start + away)],
            End: new SessionEnd(start + Duration.FromMinutes(30), new EndedBy.Time())));
    }
}

public sealed class StaffEvaluationOnSqliteTests() : StaffEvaluationContract(TestDatabase.Sqlite);

public sealed class StaffEvaluationOnPostgresTests() : StaffEvaluationContract(TestDatabase.Postgres);

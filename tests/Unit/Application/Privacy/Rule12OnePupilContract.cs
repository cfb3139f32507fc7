using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Privacy;
using AV1Relay.Storage;
using AV1Relay.Storage.Accounts;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.Records;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Privacy;

public abstract class Rule12OnePupilContract(TestDatabase database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_familys_export_has_everything_also_what_a_hold_keeps()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.HoldAsync(@class: null);

        using var export = await desk.ExportForFamilyAsync();

        var records = export.RootElement.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(OnePupil.Kinds.Order(), records.Select(record => record.GetProperty("kind").GetString()).Order());
        Assert.Equal(OnePupil.Word, records.Single(record => record.GetProperty("name").GetString() == "Who the pupil is").GetProperty("record").GetProperty("preferredName").GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_schools_export_has_neither_concerns_nor_ratings_that_the_pupil_did_not_share()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        var rating = new StepRating(
            new RatingId(PlanFixture.Id(81)), OnePupil.Id, PlanFixture.Watch.Id, null, PlanFixture.Start, new PupilsRatings(9, 9, 9, null));
        await desk.ChangeAsync(work => work.Ratings.Add(rating));

        using var export = await desk.ExportAsync();

        var records = export.RootElement.GetProperty("records").EnumerateArray().ToList();
        var kinds = records.Select(record => record.GetProperty("kind").GetString());
        Assert.Equal(OnePupil.Kinds.Except(["concern"]).Order(), kinds.Order()); // one rating of two
        var told = records.Single(record => record.GetProperty("kind").GetString() == "rating");
        var shared = told.GetProperty("record").GetProperty("forPupil");
        Assert.Equal(["answer", "peak"], shared.EnumerateObject().Select(rating => rating.Name).Order());
    }

    [Fact]
    public async Task What_the_school_is_told_that_it_took_has_no_concern_either()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);

        var export = (await desk.Privacy.ExportAsync(PrivacyDesk.Sendco, OnePupil.Id, () => Stream.Null, Cancellation)).Value;

        Assert.DoesNotContain(export.Records, record => record.Kind == "concern");
    }

    [Fact]
    public async Task An_export_is_in_the_audit()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);

        using var export = await desk.ExportAsync();

        Assert.Contains("Audit.What", await desk.Storage.FindWordAsync("pupil.exported"));
    }

    [Fact]
    public async Task Who_may_not_have_an_export_gets_not_a_byte_of_it()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        using var stream = new MemoryStream();

        var outcome = await desk.Privacy.ExportAsync(PrivacyDesk.KeyAdult, OnePupil.Id, () => stream, Cancellation);

        Assert.True(outcome.IsRefused);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public async Task How_much_is_kept_is_told_with_its_holds_to_those_who_may_do_something_about_it_and_not_that_a_concern_was_raised()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.Schools.Add(new SchoolCard(OnePupil.School, "The school", "Europe/London", new LocalTime(12, 30), null, PlanFixture.ActAt())));
        var hold = new LegalHoldId(PlanFixture.Id(91));
        await desk.Privacy.PlaceHoldAsync(PrivacyDesk.Sendco, hold, OnePupil.Id, null, "A claim.", Cancellation);

        var sendco = (await desk.Privacy.ReadAsync(PrivacyDesk.Sendco, OnePupil.Id, Cancellation)).Value;
        var administrator = (await desk.Privacy.ReadAsync(PrivacyDesk.Administrator, OnePupil.Id, Cancellation)).Value;

        Assert.Equal(OnePupil.Kinds.Length - 1, sendco.Kinds.Sum(kind => kind.Count));
        Assert.DoesNotContain(sendco.Kinds, kind => kind.Class == RetentionClass.ConcernRaised);
        Assert.Equal(hold, Assert.Single(sendco.Holds).Id);
        Assert.True(sendco.May.SetEquals([Operation.PlaceLegalHold, Operation.ExportPupil]));
        Assert.DoesNotContain(Operation.ExportPupil, administrator.May.AsEnumerable());
        Assert.Contains(Operation.ErasePupil, administrator.May.AsEnumerable());
        Assert.True((await desk.Privacy.ReadAsync(PrivacyDesk.KeyAdult, OnePupil.Id, Cancellation)).IsRefused);
        Assert.Equal(["privacy.why-missing"], (await desk.Privacy.EraseAsync(PrivacyDesk.Administrator, OnePupil.Id, " ", Cancellation)).Codes());
    }

    [Fact]
    public async Task After_an_erasure_no_word_of_the_pupils_is_left_anywhere()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        Assert.NotEmpty(await desk.Storage.FindWordAsync(OnePupil.Word));

        var erasure = (await EraseAsync(desk, PrivacyDesk.Administrator)).Value;

        Assert.Equal(OnePupil.Kinds.Length, erasure.Erased.Count);
        Assert.Empty(await desk.Storage.FindWordAsync(OnePupil.Word));
    }

    [Fact]
    public async Task An_erasure_leaves_evidence_and_an_audit_that_holds()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);

        await EraseAsync(desk, PrivacyDesk.Administrator);

        var evidence = await desk.EvidenceAsync();
        Assert.Equal(OnePupil.Kinds.Length, evidence.Sum(piece => piece.Count));
        Assert.All(evidence, piece => Assert.Equal(DeletionCause.Erasure, piece.Cause));
        Assert.Null((await desk.VerifyAuditAsync()).Problem);
        Assert.Contains("Audit.What", await desk.Storage.FindWordAsync("pupil.erased"));
        Assert.Contains("Audit.Detail", await desk.Storage.FindWordAsync("why: \"The family asked for it\""));
    }

    [Fact]
    public async Task An_erasure_leaves_what_a_hold_keeps_with_whose_it_is_and_says_so()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.HoldAsync(RetentionClass.SessionDetail);

        var erasure = (await EraseAsync(desk, PrivacyDesk.Administrator)).Value;

        string[] kept = ["rating", "session", "parenthood", "schooling", "pupil-card"];
        Assert.Equal(kept.Order(), erasure.Kept.Select(one => one.Record.Kind).Order());
        Assert.Equal(kept, await desk.KindsAsync());
        Assert.All(erasure.Kept, one => Assert.NotNull(one.Hold));
    }

    [Fact]
    public async Task With_the_pupil_go_the_parents_who_have_no_other_child_here_and_the_roles_at_the_plan()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work =>
        {
            work.PersonCards.Add(Family.Card(OnePupil.Mother));
            work.PersonCards.Add(Family.Card(PrivacyDesk.KeyAdult.Who));
            work.Assignments.Add(Family.AtPlan(1, OnePupil.Mother, Role.Parent));
            work.Assignments.Add(Family.AtPlan(2, PrivacyDesk.KeyAdult.Who, Role.KeyAdult));
        });

        var erasure = (await EraseAsync(desk, PrivacyDesk.Administrator)).Value;

        var ofAdults = erasure.Erased.Select(record => record.Kind).Where(kind => !OnePupil.Kinds.Contains(kind));
        Assert.Equal(["assignment", "assignment", "person-card"], ofAdults.Order());
        Assert.Null(await desk.ReadAsync(work => work.PersonCards.FindAsync(OnePupil.Mother, Cancellation)));
        // Staff's go with retention.
        Assert.NotNull(await desk.ReadAsync(work => work.PersonCards.FindAsync(PrivacyDesk.KeyAdult.Who, Cancellation)));
        Assert.Empty(await desk.ReadAsync(work => work.Assignments.OfPlanAsync(OnePupil.Plan.Id, Cancellation)));
    }

    [Fact]
    public async Task With_a_parent_goes_how_they_signed_in()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.PersonCards.Add(Family.Card(OnePupil.Mother)));
        await using (var context = await desk.Storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation))
        {
            context.Add(new Account { Id = OnePupil.Mother.Value, UserName = "okapi@example.org", Email = "okapi@example.org" });
            context.Add(new IdentityUserToken<Guid> { UserId = OnePupil.Mother.Value, LoginProvider = "app", Name = "key", Value = OnePupil.Word });
            await context.SaveChangesAsync(Cancellation);
        }

        await EraseAsync(desk, PrivacyDesk.Administrator);

        Assert.Empty(await desk.Storage.FindWordAsync("okapi@example.org"));
        Assert.Empty(await desk.Storage.FindWordAsync(OnePupil.Word));
    }

    [Fact]
    public async Task A_school_that_the_pupil_will_move_to_has_no_word_yet()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        var move = LocalDate.FromDateTime(desk.Time.GetUtcNow().Date).PlusDays(10);
        await desk.ChangeAsync(work => work.Schoolings.Replace(
            work.Schoolings.FindAsync(OnePupil.Id, Cancellation).Result!, OnePupil.Schooling.Begin(OnePupil.NextSchool, move, PlanFixture.ActAt()).Value));

        Assert.False((await desk.Privacy.ExportAsync(PrivacyDesk.Sendco, OnePupil.Id, () => Stream.Null, Cancellation)).IsRefused);
        desk.Time.Advance(TimeSpan.FromDays(10));
        Assert.True((await desk.Privacy.ExportAsync(PrivacyDesk.Sendco, OnePupil.Id, () => Stream.Null, Cancellation)).IsRefused);
    }

    [Fact]
    public async Task A_hold_that_was_lifted_goes_with_the_pupil()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        var (placed, lifted) = (PlanFixture.ActAt() with { Why = "A claim by the family Zorilla" }, PlanFixture.ActAt());
        await desk.ChangeAsync(work => work.LegalHolds.Add(new LegalHold(new LegalHoldId(PlanFixture.Id(90)), OnePupil.Id, null, placed, lifted)));

        await EraseAsync(desk, PrivacyDesk.Administrator);

        Assert.Empty(await desk.Storage.FindWordAsync("Zorilla"));
    }

    [Fact]
    public async Task A_parent_of_another_child_stays()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work =>
        {
            work.PersonCards.Add(Family.Card(OnePupil.Mother));
            work.Parenthoods.Add(new Parenthood(OnePupil.Mother, Family.Sister, livesWith: true, OnePupil.Born, null, PlanFixture.ActAt()));
        });

        await EraseAsync(desk, PrivacyDesk.Administrator);

        Assert.NotNull(await desk.ReadAsync(work => work.PersonCards.FindAsync(OnePupil.Mother, Cancellation)));
    }

    [Fact]
    public async Task A_parent_who_works_here_stays()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work =>
        {
            work.PersonCards.Add(Family.Card(OnePupil.Mother));
            work.Assignments.Add(Family.AtSchool(1, OnePupil.Mother, until: null));
        });

        await EraseAsync(desk, PrivacyDesk.Administrator);

        Assert.NotNull(await desk.ReadAsync(work => work.PersonCards.FindAsync(OnePupil.Mother, Cancellation)));
    }

    [Fact]
    public async Task Under_a_hold_the_parents_stay_too()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.PersonCards.Add(Family.Card(OnePupil.Mother)));
        await desk.HoldAsync(RetentionClass.SessionDetail);

        await EraseAsync(desk, PrivacyDesk.Administrator);

        Assert.NotNull(await desk.ReadAsync(work => work.PersonCards.FindAsync(OnePupil.Mother, Cancellation)));
    }

    [Fact]
    public async Task No_export_of_a_pupil_tells_how_a_parent_is_reached()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.ChangeAsync(work => work.PersonCards.Add(Family.Card(OnePupil.Mother)));

        using var export = await desk.ExportForFamilyAsync(); // parents can live apart

        Assert.DoesNotContain(Family.Phone, export.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_leaves_what_the_school_has_to_keep()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.SetAsync(new RetentionRule(RetentionClass.AttendanceLike, RetentionStart.Recorded, Period.FromYears(6), "Our schedule", outlastsErasure: true));

        await EraseAsync(desk, PrivacyDesk.Administrator);

        Assert.Equal(["missed-sessions"], await desk.KindsAsync());
    }

    [Fact]
    public async Task Who_writes_the_record_is_not_who_erases_it()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);

        Assert.True((await EraseAsync(desk, PrivacyDesk.Sendco)).IsRefused);
        Assert.Equal(OnePupil.Kinds, await desk.KindsAsync());
    }

    [Fact]
    public async Task A_hold_is_placed_by_the_school_and_lifted_by_an_administrator()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        var id = new LegalHoldId(PlanFixture.Id(91));
        Assert.False((await desk.Privacy.PlaceHoldAsync(PrivacyDesk.Sendco, id, OnePupil.Id, null, "A claim", Cancellation)).IsRefused);

        Assert.True((await desk.Privacy.LiftHoldAsync(PrivacyDesk.Sendco, id, "Settled", Cancellation)).IsRefused);
        Assert.False((await desk.Privacy.LiftHoldAsync(PrivacyDesk.Administrator, id, "Settled", Cancellation)).IsRefused);
        Assert.NotNull((await desk.ReadAsync(work => work.LegalHolds.FindAsync(id, Cancellation)))?.Value.Lifted);
    }

    [Fact]
    public async Task Only_somebody_of_the_whole_authority_holds_everybodys_records()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        Task<AV1Relay.Domain.Refusals.Outcome<LegalHold>> PlaceAsync(Caller caller) =>
            desk.Privacy.PlaceHoldAsync(caller, new LegalHoldId(Guid.NewGuid()), pupil: null, null, "An inquiry", Cancellation);

        Assert.True((await PlaceAsync(PrivacyDesk.Sendco)).IsRefused);
        Assert.False((await PlaceAsync(PrivacyDesk.Administrator)).IsRefused);
    }

    private static Task<AV1Relay.Domain.Refusals.Outcome<PupilErasure>> EraseAsync(PrivacyDesk desk, Caller caller) =>
        desk.Privacy.EraseAsync(caller, OnePupil.Id, "The family asked for it", Cancellation);
}

public sealed class Rule12OnePupilOnSqliteTests() : Rule12OnePupilContract(TestDatabase.Sqlite)
{
    [Fact]
    public async Task Not_even_the_bytes_of_the_files_have_the_pupils_words_after_changes_and_an_erasure()
    {
        await using var desk = await PrivacyDesk.CreateAsync(TestDatabase.Sqlite);
        for (var change = 0; change < 4; change++)
        {
            // Of another length each time, so that the row moves.
            var words = string.Concat(Enumerable.Repeat($"{OnePupil.Word} {change} ", 1 + (200 * change)));
            var kept = await desk.ReadAsync(work => work.PupilCards.FindAsync(OnePupil.Id, Cancellation));
            Assert.NotNull(kept);
            await desk.ChangeAsync(work => work.PupilCards.Replace(kept, OnePupil.Card with { PreferredName = new PersonalText(words) }));
        }

        Assert.True(await AreInFilesAsync(desk));

        await desk.Privacy.EraseAsync(PrivacyDesk.Administrator, OnePupil.Id, "The family asked for it", Cancellation);

        Assert.False(await AreInFilesAsync(desk));
    }

    [Fact]
    public async Task After_a_run_of_retention_the_log_is_empty()
    {
        await using var desk = await PrivacyDesk.CreateAsync(TestDatabase.Sqlite);
        desk.Time.SetUtcNow(new DateTimeOffset(2060, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await desk.RunAsync();

        Assert.True(await desk.Traces.ClearLogAsync(Cancellation));

        Assert.False(await AreInFilesAsync(desk));
        Assert.True(new FileInfo(desk.Storage.DatabaseFile + "-wal") is { Exists: false } or { Length: 0 });
    }

    [Fact]
    public async Task Words_that_were_changed_leave_no_bytes_behind()
    {
        await using var desk = await PrivacyDesk.CreateAsync(TestDatabase.Sqlite);
        await desk.ChangeAsync(work => work.PersonCards.Add(Family.Card(OnePupil.Mother)));
        var kept = await desk.ReadAsync(work => work.PersonCards.FindAsync(OnePupil.Mother, Cancellation));
        Assert.NotNull(kept);
        await desk.ChangeAsync(work => work.PersonCards.Replace(kept, new PersonCard(OnePupil.Mother, new PersonalText("Mrs Grey"))));

        await desk.Traces.ClearLogAsync(Cancellation);

        Assert.False(await AreInFilesAsync(desk, Family.Phone));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<bool> AreInFilesAsync(PrivacyDesk desk, string word = OnePupil.Word)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(desk.Storage.DatabaseFile)!, "relay.db*")) // it has a folder
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes, Cancellation);
            if (bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0) return true;
        }

        return false;
    }
}

public sealed class Rule12OnePupilOnPostgresTests() : Rule12OnePupilContract(TestDatabase.Postgres);

using AV1Relay.Application.Asking;
using AV1Relay.Domain.Privacy;
using AV1Relay.Tests.Unit.Domain.Plans;
using AV1Relay.Tests.Unit.Storage;
using AV1Relay.Tests.Unit.Storage.Records;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Privacy;

public abstract class Rule12OnePupilContract(TestDatabase database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_has_everything_also_what_a_hold_keeps()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.HoldAsync(@class: null);

        using var export = await desk.ExportAsync();

        var records = export.RootElement.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(OnePupil.Kinds.Order(), records.Select(record => record.GetProperty("kind").GetString()).Order());
        Assert.Equal(OnePupil.Word, records.Single(record => record.GetProperty("name").GetString() == "Who the pupil is").GetProperty("record").GetProperty("preferredName").GetProperty("text").GetString());
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

        var outcome = await desk.Privacy.ExportAsync(PrivacyDesk.KeyAdult, OnePupil.Id, stream, Cancellation);

        Assert.True(outcome.IsRefused);
        Assert.Equal(0, stream.Length);
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
    }

    [Fact]
    public async Task An_erasure_leaves_what_a_hold_keeps_and_says_so()
    {
        await using var desk = await PrivacyDesk.CreateAsync(database);
        await desk.HoldAsync(RetentionClass.SessionDetail);

        var erasure = (await EraseAsync(desk, PrivacyDesk.Administrator)).Value;

        Assert.Equal(["rating", "session"], erasure.Kept.Select(kept => kept.Record.Kind).Order());
        Assert.Equal(["rating", "session"], await desk.KindsAsync());
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
    public async Task Not_even_the_bytes_of_the_file_have_the_pupils_words_after_an_erasure()
    {
        await using var desk = await PrivacyDesk.CreateAsync(TestDatabase.Sqlite);
        await desk.Storage.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True(await IsInFileAsync(desk));

        await desk.Privacy.EraseAsync(PrivacyDesk.Administrator, OnePupil.Id, "The family asked for it", TestContext.Current.CancellationToken);

        await desk.Storage.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.False(await IsInFileAsync(desk));
    }

    private static async Task<bool> IsInFileAsync(PrivacyDesk desk) =>
        (await File.ReadAllBytesAsync(desk.Storage.DatabaseFile, TestContext.Current.CancellationToken)).AsSpan()
            .IndexOf(System.Text.Encoding.UTF8.GetBytes(OnePupil.Word)) >= 0;
}

public sealed class Rule12OnePupilOnPostgresTests() : Rule12OnePupilContract(TestDatabase.Postgres);

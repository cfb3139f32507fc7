using AV1Relay.Application.Asking;
using AV1Relay.Application.Ledger;
using AV1Relay.Application.Plans;
using AV1Relay.Application.Referrals;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Ledger;

/// <summary>The ledger of one plan: read, corrected with the original kept, and given out.</summary>
public abstract class StaffLedgerContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static EngagementEntryId Line => new(InventedSchool.Number(7400));

    [Fact]
    public async Task Each_role_may_what_its_work_needs_on_its_own_plan_and_no_other()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);
        var plan = InventedSchool.Plan(1);

        Assert.Equal("Psychologist Sendco KeyAdult Parent", await EveryRole.WhoMayAsync(who => ledger.ReadAsync(who, plan, Cancellation)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => CorrectAsync(ledger, who, seen: 99)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => ledger.NoteInPersonAsync(who, plan, Visit(), Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => ledger.ExportAsync(who, plan, Cancellation)));
        Assert.Empty((await ledger.ReadAsync(InventedSchool.Parent, plan, Cancellation)).Value.May);
        Assert.Contains(Operation.ReadRegisterHint, (await ledger.ReadAsync(InventedSchool.KeyAdult, plan, Cancellation)).Value.May.AsEnumerable());
    }

    [Fact]
    public async Task A_correction_keeps_the_original_says_why_and_the_second_of_two_is_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);

        Assert.Equal(["engagement.why-missing"], (await CorrectAsync(ledger, InventedSchool.KeyAdult, 1, why: "")).Codes());
        var corrected = await CorrectAsync(ledger, InventedSchool.KeyAdult, 1);
        var entry = await storage.LastAuditedAsync();
        var second = await CorrectAsync(ledger, InventedSchool.Sendco, 1);

        Assert.Equal((20, 25), (corrected.Value.Original.Live.TotalMinutes, corrected.Value.Current?.Live.TotalMinutes));
        Assert.Equal(("ledger.corrected", $"plan {InventedSchool.Plan(1)}"), (entry.What, entry.Subject));
        Assert.Equal(["records.changed-meanwhile"], second.Codes());
        Assert.Equal(25, Assert.Single((await ReadAsync(ledger)).Weeks).Sum.InPersonMinutes);
    }

    [Fact]
    public async Task What_is_struck_out_is_read_and_no_longer_counts()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);

        await ledger.CorrectAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Line, 1, corrected: null, "Somebody else's.", Cancellation);

        Assert.Empty((await ReadAsync(ledger)).Weeks);
        Assert.Null(Assert.Single((await ReadAsync(ledger)).Lines).Entry.Current);
        Assert.Single((await ledger.ExportAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Cancellation)).Value.Lines); // the header
    }

    [Fact]
    public async Task It_is_given_out_as_lines_that_name_nobody()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);

        Assert.Equal(
            ["date,start,step,with_robot,engagement_minutes,pauses,pupil_location,corrected", "2026-11-02,10:05,Watch maths,no,20,0,other place,no"],
            (await ledger.ExportAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Cancellation)).Value.Lines);
        Assert.Equal("ledger.exported", (await storage.LastAuditedAsync()).What);
    }

    [Fact]
    public async Task Another_plans_line_is_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);

        var corrected = await ledger.CorrectAsync(EveryRole.OtherKeyAdult, InventedSchool.Plan(2), Line, 1, corrected: null, "Not mine.", Cancellation);

        Assert.Equal(["engagement.no-such-line"], corrected.Codes());
    }

    [Fact]
    public async Task A_step_in_person_is_written_down_once_with_its_audit_entry()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);

        var noted = await ledger.NoteInPersonAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Visit(), Cancellation);
        var entry = await storage.LastAuditedAsync();
        var twice = await ledger.NoteInPersonAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Visit(), Cancellation);
        var byAnother = await ledger.NoteInPersonAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Visit(line: 7402), Cancellation);

        Assert.Equal(("ledger.step-noted", $"plan {InventedSchool.Plan(1)}"), (entry.What, entry.Subject));
        Assert.DoesNotContain("hello", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(noted.Value.Id, twice.Value.Id);
        Assert.Equal(["engagement.already-noted"], byAnother.Codes());
        var read = (await ledger.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value;
        var line = read.Lines.Single(line => line.Entry.Id == Visit().Id).Entry;
        Assert.Equal(("She said hello first.", true, PupilLocation.SchoolSite), (line.Note, line.Original.LeftEarly, line.Original.Location));
        Assert.Equal(40, read.Weeks.Single(week => week.Monday == InventedSchool.Monday.PlusWeeks(-1)).Sum.InPersonMinutes - 20);
    }

    [Fact]
    public async Task What_is_too_long_or_not_on_the_ladder_is_refused_and_nothing_is_kept()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);
        async Task<string> NoteAsync(StepInPerson noted) =>
            (await ledger.NoteInPersonAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), noted, Cancellation)).Codes().Single();

        Assert.Equal("engagement.too-long", await NoteAsync(Visit() with { Minutes = (24 * 60) + 1 }));
        Assert.Equal("text.too-long", await NoteAsync(Visit() with { Note = new string('a', TextLimits.LongestWords + 1) }));
        Assert.Equal("engagement.no-such-step", await NoteAsync(Visit() with { Step = InventedSchool.Step(2) }));
        Assert.Equal("engagement.not-yet", await NoteAsync(Visit() with { Start = InventedSchool.Monday.PlusDays(1).At(new LocalTime(9, 0)) }));
        Assert.Single((await ReadAsync(ledger)).Lines);
    }

    [Fact]
    public async Task Plan_review_and_referral_count_a_step_in_person()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var ledger = await OpenAsync(storage);
        var desk = new Desk(storage.Get<IRecords>(), _time);
        async Task<int> OnThePlanAsync() =>
            (await new StaffPlanProgress(desk).RobotUseAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value.InPersonSteps;
        var before = await OnThePlanAsync();

        await ledger.NoteInPersonAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Visit(), Cancellation);

        Assert.Equal(before + 1, await OnThePlanAsync()); // a review that is held today keeps the same
        var written = new WrittenReferral("Tuition.", "We would like a tutor.", "Small steps.");
        var referral = await new StaffReferrals(desk).AssembleAsync(
            InventedSchool.Sendco, InventedSchool.Plan(1), new ReferralId(Guid.NewGuid()), ReferralKind.InclusionService, written, Cancellation);
        var weeks = referral.Value.Evidence.Single(item => item.Source == EvidenceSource.Ledger).Table!.Rows; // there are lines
        Assert.Equal("2 60", $"{weeks[0][^2]} {weeks[0][^1]}"); // times and minutes in person
    }

    private static StepInPerson Visit(int line = 7401) => new(
        new EngagementEntryId(InventedSchool.Number(line)), InventedSchool.Step(1), InventedSchool.Monday.PlusWeeks(-1).PlusDays(1).At(new LocalTime(15, 30)), 40,
        PupilLocation.SchoolSite, LeftEarly: true, "She said hello first.");

    private async Task<StaffLedger> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var tried = new StepTried(
            InventedSchool.Step(1), null, InventedSchool.Monday.PlusWeeks(-1).At(new LocalTime(10, 5)), Duration.FromMinutes(20), 0, leftEarly: false,
            PupilLocation.OtherPlace);
        await school.KeepAsync(work => work.Engagement.Add(
            new EngagementEntry(Line, InventedSchool.Pupil(1), InventedSchool.Plan(1), tried, new EndedBy.Staff(InventedSchool.KeyAdult.Who), InventedSchool.Morning),
            InventedSchool.Id));
        return new StaffLedger(new Desk(school.Records, _time));
    }

    private static async Task<ReadLedger> ReadAsync(StaffLedger ledger) =>
        (await ledger.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value;

    private static Task<Outcome<EngagementEntry>> CorrectAsync(StaffLedger ledger, Caller caller, long seen, string why = "It was longer.") => ledger.CorrectAsync(
        caller, InventedSchool.Plan(1), Line, seen,
        new CorrectedLine(InventedSchool.Monday.PlusWeeks(-1).At(new LocalTime(10, 5)), 25, PupilLocation.OtherPlace), why, Cancellation);
}

public sealed class StaffLedgerOnSqliteTests() : StaffLedgerContract(TestDatabase.Sqlite);

public sealed class StaffLedgerOnPostgresTests() : StaffLedgerContract(TestDatabase.Postgres);

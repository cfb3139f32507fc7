using AV1Relay.Application.Asking;
using AV1Relay.Application.Contacts;
using AV1Relay.Application.Referrals;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Referrals;

/// <summary>Missed days are counted and prompted about; a referral is assembled, read, signed off, given out and answered by people (domain rule 6).</summary>
public abstract class StaffReferralsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ReferralId Id => new(InventedSchool.Number(7300));

    [Fact]
    public async Task Each_role_may_what_its_work_needs_on_its_own_plan_and_no_other()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, missed, referrals) = await OpenAsync(storage);
        var plan = InventedSchool.Plan(1);

        Assert.Equal("Psychologist Sendco KeyAdult", await EveryRole.WhoMayAsync(who => missed.ReadAsync(who, plan, Cancellation)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => missed.RecordAsync(who, plan, 99, Away(1), "", Cancellation)));
        Assert.Equal("Psychologist Sendco KeyAdult", await EveryRole.WhoMayAsync(who => referrals.ReadAsync(who, plan, Cancellation)));
        Assert.Equal("Psychologist Sendco", await EveryRole.WhoMayAsync(who => AssembleAsync(referrals, who, new ReferralId(Guid.NewGuid()))));
        Assert.Equal("Psychologist Sendco", await EveryRole.WhoMayAsync(who => referrals.AssembleAgainAsync(who, plan, Id, 99, Written(), Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => referrals.SignOffAsync(who, plan, Id, 99, 1, Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => referrals.ReopenAsync(who, plan, Id, 99, Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => referrals.SendAsync(who, plan, Id, 99, "Inclusion", Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => referrals.AnswerAsync(who, plan, Id, 99, "Yes", Cancellation)));
        Assert.Equal("Sendco", await EveryRole.WhoMayAsync(who => referrals.ExportAsync(who, plan, Id, Cancellation)));
    }

    [Fact]
    public async Task Fifteen_school_days_prompt_and_closed_days_are_none()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, missed, _) = await OpenAsync(storage);

        var fourteen = await RecordAsync(missed, seen: 0, new EnteredDays(new DateInterval(new LocalDate(2026, 10, 19), new LocalDate(2026, 11, 5)), null, true));
        Assert.False(fourteen.IsRefused);
        Assert.Null((await ReadAsync(missed)).Prompt);
        Assert.Equal(14, (await ReadAsync(missed)).Count?.CumulativeDays); // weekends between them are no school days
        await RecordAsync(missed, seen: 1, new EnteredDays(new DateInterval(new LocalDate(2026, 11, 6), new LocalDate(2026, 11, 6)), null, true));

        var read = await ReadAsync(missed);
        Assert.True(read.Prompt?.Consecutive);
        Assert.EndsWith("You decide.", read.Prompt?.Words, StringComparison.Ordinal);
        Assert.Equal("missed-days.read", (await storage.LastAuditedAsync()).What);
    }

    [Fact]
    public async Task Days_to_come_of_another_year_or_closed_are_not_entered()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, missed, _) = await OpenAsync(storage);
        var saturday = new LocalDate(2026, 11, 7);

        Assert.Equal(["missed-days.not-this-year"], (await RecordAsync(missed, 0, On(InventedSchool.Monday.PlusDays(1)))).Codes());
        Assert.Equal(["missed-days.not-this-year"], (await RecordAsync(missed, 0, On(new LocalDate(2026, 7, 1)))).Codes());
        Assert.Equal(["missed-days.no-school-day"], (await RecordAsync(missed, 0, On(saturday))).Codes());
        Assert.Equal(["missed-days.nothing-there"], (await RecordAsync(missed, 0, On(saturday.PlusDays(-1)) with { ForHealthReason = null })).Codes());
    }

    [Fact]
    public async Task What_is_there_is_changed_with_a_reason_and_the_second_of_two_is_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, missed, _) = await OpenAsync(storage);
        var friday = new LocalDate(2026, 11, 6);
        await RecordAsync(missed, 0, On(friday));

        Assert.Equal(["audit.why-missing"], (await RecordAsync(missed, 1, On(friday) with { ForHealthReason = false })).Codes());
        var out1 = await RecordAsync(missed, 1, new EnteredDays(new DateInterval(friday, friday), RegistrationHalf.Afternoon, null), "Came after lunch.");
        var entry = await storage.LastAuditedAsync();

        Assert.Equal([RegistrationHalf.Morning], out1.Value.Sessions.Select(half => half.Session.Half));
        Assert.Equal(("missed-days.recorded", $"plan {InventedSchool.Plan(1)}"), (entry.What, entry.Subject));
        Assert.Contains("half days: \"2\" → \"1\"", entry.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("lunch", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(["records.changed-meanwhile"], (await RecordAsync(missed, 1, On(friday), "Again.")).Codes());
    }

    [Fact]
    public async Task A_referral_is_assembled_from_the_records_without_what_is_confidential()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, missed, referrals) = await OpenAsync(storage);
        await EnterContactsAsync(school);
        await RecordAsync(missed, 0, On(new LocalDate(2026, 11, 6)));

        var assembled = (await AssembleAsync(referrals, InventedSchool.Psychologist, Id)).Value;
        var document = Assert.Single((await referrals.ReadAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Cancellation)).Value.Items).Document;

        Assert.Equal(
            [
                EvidenceSource.PupilsSay, EvidenceSource.ParentsSay, EvidenceSource.Plan, EvidenceSource.Review, EvidenceSource.Contact, EvidenceSource.Ledger,
                EvidenceSource.MissedDays, EvidenceSource.Professional,
            ],
            assembled.Evidence.Select(item => item.Source).Distinct());
        var words = string.Join('\n', document.Blocks.SelectMany(TextsOf));
        Assert.Contains("Spoke about maths.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("In confidence.", words, StringComparison.Ordinal);
        Assert.Contains("We would like a tutor.", words, StringComparison.Ordinal);
        Assert.Contains("Draft: not signed off.", words, StringComparison.Ordinal);
        Assert.Contains("Sam", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_signed_off_as_it_was_read_sent_and_answered_and_stays_so()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, _, referrals) = await OpenAsync(storage);
        var (sendco, plan) = (InventedSchool.Sendco, InventedSchool.Plan(1));
        var assembled = (await AssembleAsync(referrals, sendco, Id)).Value;
        var again = (await referrals.AssembleAgainAsync(sendco, plan, Id, 1, Written() with { WhatIsAsked = "A tutor, soon." }, Cancellation)).Value;

        Assert.Equal(["referral.changed"], (await referrals.SignOffAsync(sendco, plan, Id, 2, assembled.Version, Cancellation)).Codes());
        Assert.Equal(["records.changed-meanwhile"], (await referrals.SignOffAsync(sendco, plan, Id, 1, assembled.Version, Cancellation)).Codes());
        var signed = await referrals.SignOffAsync(sendco, plan, Id, 2, again.Version, Cancellation);
        Assert.Equal("referral.signed-off", (await storage.LastAuditedAsync()).What);
        Assert.Equal(ReferralStatus.SignedOff, signed.Value.Status);
        Assert.Equal(["referral.signed-off"], (await referrals.AssembleAgainAsync(sendco, plan, Id, 3, Written(), Cancellation)).Codes());
        Assert.Equal(["referral.not-sent"], (await referrals.AnswerAsync(sendco, plan, Id, 3, "Yes.", Cancellation)).Codes());
        Assert.False((await referrals.SendAsync(sendco, plan, Id, 3, "Inclusion service", Cancellation)).IsRefused);
        Assert.Equal(["referral.sent"], (await referrals.ReopenAsync(sendco, plan, Id, 4, Cancellation)).Codes());
        var answered = await referrals.AnswerAsync(sendco, plan, Id, 4, "A tutor comes on Mondays.", Cancellation);

        Assert.Equal(ReferralStatus.Answered, answered.Value.Status);
        Assert.Equal("referral.answer-recorded", (await storage.LastAuditedAsync()).What);
        var document = (await referrals.ExportAsync(sendco, plan, Id, Cancellation)).Value;
        Assert.Equal("referral.exported", (await storage.LastAuditedAsync()).What);
        Assert.Contains("Read and signed off by", Assert.IsType<DocumentBlock.Paragraph>(document.Blocks[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_plans_is_not_there()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, _, referrals) = await OpenAsync(storage);
        await AssembleAsync(referrals, InventedSchool.Sendco, Id);

        Assert.Equal(["referral.unknown"], (await referrals.ExportAsync(InventedSchool.Sendco, InventedSchool.Plan(2), Id, Cancellation)).Codes());
        Assert.Equal(["referral.unknown"], (await referrals.SignOffAsync(InventedSchool.Sendco, InventedSchool.Plan(2), Id, 1, 2, Cancellation)).Codes());
    }

    private async Task<(InventedSchool School, StaffMissedDays Missed, StaffReferrals Referrals)> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.KeepAsync(work => work.PupilCards.Add(new PupilCard(InventedSchool.Pupil(1), new PersonalText("Sam"), new LocalDate(2013, 5, 4), [])));
        var desk = new Desk(school.Records, _time);
        return (school, new StaffMissedDays(desk), new StaffReferrals(desk));
    }

    private async Task EnterContactsAsync(InventedSchool school)
    {
        var contacts = new StaffContacts(new Desk(school.Records, _time));
        var entry = new NewContact(
            new ContactId(Guid.NewGuid()), InventedSchool.KeyAdult.Who, ContactWith.Parent, InventedSchool.Monday.At(new LocalTime(7, 30)), ContactManner.Call,
            "Spoke about maths.", InventedSchool.Monday.PlusWeeks(1), IsConfidential: false);
        await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), entry, Cancellation);
        await contacts.EnterAsync(
            InventedSchool.KeyAdult, InventedSchool.Plan(1), entry with { Id = new ContactId(Guid.NewGuid()), Note = "In confidence.", IsConfidential = true },
            Cancellation);
    }

    private static WrittenReferral Written() => new("Tuition while Sam can't come in.", "We would like a tutor.", "Small steps.");

    private static EnteredDays On(LocalDate date) => new(new DateInterval(date, date), null, true);

    private static EnteredDays Away(int days) => new(new DateInterval(InventedSchool.Monday.PlusDays(-days), InventedSchool.Monday), null, true);

    private static Task<Outcome<MissedSessions>> RecordAsync(StaffMissedDays missed, long seen, EnteredDays entered, string why = "") =>
        missed.RecordAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), seen, entered, why, Cancellation);

    private static async Task<ReadMissedDays> ReadAsync(StaffMissedDays missed) =>
        (await missed.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Cancellation)).Value;

    private static Task<Outcome<Referral>> AssembleAsync(StaffReferrals referrals, Caller caller, ReferralId id) =>
        referrals.AssembleAsync(caller, InventedSchool.Plan(1), id, ReferralKind.InclusionService, Written(), Cancellation);

    private static IEnumerable<string> TextsOf(DocumentBlock block) => block switch
    {
        DocumentBlock.Paragraph paragraph => [paragraph.Text],
        DocumentBlock.Table table => table.Rows.SelectMany(row => row),
        _ => [],
    };
}

public sealed class StaffReferralsOnSqliteTests() : StaffReferralsContract(TestDatabase.Sqlite);

public sealed class StaffReferralsOnPostgresTests() : StaffReferralsContract(TestDatabase.Postgres);

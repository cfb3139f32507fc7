using AV1Relay.Application.Asking;
using AV1Relay.Application.Contacts;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Contacts;

/// <summary>Regular contact and what is sent home: who writes it, who reads it, and that nothing of it is written over.</summary>
public abstract class StaffContactsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ContactId First => new(InventedSchool.Number(7001));

    [Fact]
    public async Task Each_role_may_what_its_work_needs_on_its_own_plan_and_no_other()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, home) = Desks(school);
        await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First), Cancellation);

        const string Staff = "Psychologist Sendco KeyAdult";
        Assert.Equal($"{Staff} Parent", await EveryRole.WhoMayAsync(who => contacts.ReadAsync(who, InventedSchool.Plan(1), false, Cancellation)));
        Assert.Equal(Staff, await EveryRole.WhoMayAsync(who => contacts.ReadAsync(who, InventedSchool.Plan(1), true, Cancellation)));
        Assert.Equal(Staff, await EveryRole.WhoMayAsync(who => contacts.EnterAsync(who, InventedSchool.Plan(1), Entry(Next()), Cancellation)));
        Assert.Equal(Staff, await EveryRole.WhoMayAsync(who => CorrectAsync(contacts, who, seen: 1)));
        Assert.Equal($"{Staff} Parent", await EveryRole.WhoMayAsync(who => SayAsync(contacts, who, "Good.")));
        Assert.Equal($"{Staff} Parent", await EveryRole.WhoMayAsync(who => home.ReadAsync(who, InventedSchool.Plan(1), Cancellation)));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(who => SendAsync(home, who, new SentHomeId(Guid.NewGuid()))));
        Assert.Equal("Parent", await EveryRole.WhoMayAsync(who => home.AcknowledgeAsync(who, InventedSchool.Plan(1), new SentHomeId(Guid.NewGuid()), "", Cancellation)));
    }

    [Fact]
    public async Task A_correction_keeps_the_original_and_says_why_and_the_second_of_two_is_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, _) = Desks(school);
        await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First), Cancellation);

        Assert.Equal(["audit.why-missing"], (await CorrectAsync(contacts, InventedSchool.KeyAdult, seen: 1, why: " ")).Codes());
        var corrected = await CorrectAsync(contacts, InventedSchool.KeyAdult, seen: 1);
        Assert.Equal(("contact.corrected", $"plan {InventedSchool.Plan(1)}"), await AuditedAsync(storage));
        var second = await CorrectAsync(contacts, InventedSchool.Sendco, seen: 1);

        Assert.Equal(("Spoke about maths.", "Spoke about art."), (corrected.Value.Note, corrected.Value.NoteNow));
        Assert.Equal(["records.changed-meanwhile"], second.Codes());
    }

    [Fact]
    public async Task A_confidential_entry_is_neither_read_nor_commented_on_by_parents()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, _) = Desks(school);
        await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First) with { IsConfidential = true }, Cancellation);

        Assert.Empty((await ReadAsync(contacts, InventedSchool.Parent)).Entries);
        Assert.Empty((await ReadAsync(contacts, InventedSchool.KeyAdult)).Entries); // nobody stumbles on it
        Assert.Single((await ReadAsync(contacts, InventedSchool.KeyAdult, withConfidential: true)).Entries);
        Assert.Equal(["access.not-for-role"], (await SayAsync(contacts, InventedSchool.Parent, "What was it?")).Codes());
        Assert.False((await SayAsync(contacts, InventedSchool.Psychologist, "I will ask.")).IsRefused);
    }

    [Fact]
    public async Task What_a_parent_says_to_a_contact_is_kept_with_it_once()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, _) = Desks(school);
        await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First), Cancellation);

        var comment = new CommentId(Guid.NewGuid());
        for (var times = 0; times < 2; times++)
            Assert.False((await SayAsync(contacts, InventedSchool.Parent, "It helped.", comment)).IsRefused);

        Assert.Equal(("contact.commented-on", $"plan {InventedSchool.Plan(1)}"), await AuditedAsync(storage));
        var said = Assert.Single(Assert.Single((await ReadAsync(contacts, InventedSchool.KeyAdult)).Entries).Comments);
        Assert.Equal((InventedSchool.Parent.Who, "It helped."), (said.Written.Who, said.WordsNow));
        Assert.Equal(["comment.empty"], (await SayAsync(contacts, InventedSchool.Parent, " ")).Codes());
        Assert.Equal(["text.too-long"], (await SayAsync(contacts, InventedSchool.Parent, new string('a', TextLimits.LongestWords + 1))).Codes());
    }

    [Fact]
    public async Task A_contact_is_somebodys_who_has_a_part_in_the_plan_and_one_that_is_sent_twice_is_entered_once()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, _) = Desks(school);

        var stranger = await contacts.EnterAsync(
            InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First) with { By = InventedSchool.Technician.Who }, Cancellation);
        for (var times = 0; times < 2; times++)
            Assert.False((await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First), Cancellation)).IsRefused);

        Assert.Equal(["contact.not-by-them"], stranger.Codes());
        Assert.Single((await ReadAsync(contacts, InventedSchool.KeyAdult)).Entries);
        Assert.Equal(InventedSchool.Monday.PlusWeeks(1), (await ReadAsync(contacts, InventedSchool.KeyAdult)).NextDue);
    }

    [Fact]
    public async Task After_a_move_the_school_before_reads_no_contact_of_the_next_one()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, _) = Desks(school);
        await contacts.EnterAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), Entry(First), Cancellation);
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await using (var work = await school.Records.BeginAsync(act.Who, act.At, [Claim.On(InventedSchool.Pupil(1))], Cancellation))
        {
            var kept = await work.Schoolings.FindAsync(InventedSchool.Pupil(1), Cancellation);
            work.Schoolings.Replace(kept!, kept!.Value.Begin(InventedSchool.ElsewhereId, InventedSchool.Monday, act).Value);
            await work.CommitAsync(Cancellation);
        }

        Assert.Equal(["access.out-of-reach"], (await contacts.ReadAsync(InventedSchool.Sendco, InventedSchool.Plan(1), false, Cancellation)).Codes());
    }

    [Fact]
    public async Task A_parent_says_once_that_it_has_come()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (_, home) = Desks(school);
        var item = new SentHomeId(Guid.NewGuid());
        await SendAsync(home, InventedSchool.KeyAdult, item);
        Assert.Equal(("home.sent", $"plan {InventedSchool.Plan(1)}"), await AuditedAsync(storage));

        await home.AcknowledgeAsync(InventedSchool.Parent, InventedSchool.Plan(1), item, "Thank you", Cancellation);
        Assert.Equal(("home.acknowledged", $"plan {InventedSchool.Plan(1)}"), await AuditedAsync(storage));
        await home.AcknowledgeAsync(InventedSchool.Parent, InventedSchool.Plan(1), item, "Again", Cancellation);
        var ofAnother = await home.AcknowledgeAsync(EveryRole.OtherParent, InventedSchool.Plan(2), item, "", Cancellation);

        var sent = Assert.Single((await home.ReadAsync(InventedSchool.Sendco, InventedSchool.Plan(1), Cancellation)).Value.Items);
        Assert.Equal("Thank you", Assert.Single(sent.Acknowledgements).Words);
        Assert.Equal(["sent-home.unknown"], ofAnother.Codes());
    }

    [Fact]
    public async Task The_page_offers_a_parent_what_a_parent_may()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var (contacts, home) = Desks(school);

        Assert.Equal([Operation.CommentOnContact], (await ReadAsync(contacts, InventedSchool.Parent)).May);
        Assert.Equal([Operation.AcknowledgeSentHome], (await home.ReadAsync(InventedSchool.Parent, InventedSchool.Plan(1), Cancellation)).Value.May);
    }

    private (StaffContacts Contacts, StaffSentHome Home) Desks(InventedSchool school)
    {
        var desk = new Desk(school.Records, _time);
        return (new StaffContacts(desk), new StaffSentHome(desk));
    }

    private static ContactId Next() => new(Guid.NewGuid());

    private static NewContact Entry(ContactId id) => new(
        id, InventedSchool.KeyAdult.Who, ContactWith.Parent, InventedSchool.Monday.At(new LocalTime(7, 30)), ContactManner.Call, "Spoke about maths.",
        InventedSchool.Monday.PlusWeeks(1), IsConfidential: false);

    private static async Task<ReadContacts> ReadAsync(StaffContacts contacts, Caller caller, bool withConfidential = false) =>
        (await contacts.ReadAsync(caller, InventedSchool.Plan(1), withConfidential, Cancellation)).Value;

    private static Task<Outcome<Contact>> CorrectAsync(StaffContacts contacts, Caller caller, long seen, string why = "It was art.") => contacts.CorrectAsync(
        caller, InventedSchool.Plan(1), seen, new CorrectedContact(First, "Spoke about art.", InventedSchool.Monday.PlusWeeks(1), IsConfidential: false), why,
        Cancellation);

    private static Task<Outcome<Contact>> SayAsync(StaffContacts contacts, Caller caller, string words, CommentId? comment = null) =>
        contacts.CommentAsync(caller, InventedSchool.Plan(1), First, comment ?? new CommentId(Guid.NewGuid()), words, Cancellation);

    private static Task<Outcome<SentHome>> SendAsync(StaffSentHome home, Caller caller, SentHomeId item) =>
        home.SendAsync(caller, InventedSchool.Plan(1), item, SentHomeKind.Work, ContactWith.Pupil, "Maths, page 12", "The first three.", Cancellation);

    private static async Task<(string What, string Subject)> AuditedAsync(TemporaryRelayStorage storage)
    {
        var entry = await storage.LastAuditedAsync();
        return (entry.What, entry.Subject);
    }
}

public sealed class StaffContactsOnSqliteTests() : StaffContactsContract(TestDatabase.Sqlite);

public sealed class StaffContactsOnPostgresTests() : StaffContactsContract(TestDatabase.Postgres);

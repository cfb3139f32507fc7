using AV1Relay.Domain.People;
using AV1Relay.Domain.Reminders;
using AV1Relay.Storage;
using AV1Relay.Storage.Accounts;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Storage;

/// <summary>Who has asked for reminders, as it is kept beside their account.</summary>
public abstract class ReminderNotesContract(TestDatabase database)
{
    private static readonly LocalDate Monday = new(2026, 11, 9);
    private static readonly ReminderChoice Both = new(Sessions: true, HowOften.Daily);
    private static readonly PersonId Ada = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly PersonId Ben = new(new Guid(2, 0, 0, new byte[8]));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_in_it_who_has_not_asked_or_whose_address_is_not_known_to_be_theirs()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var notes = await OpenAsync(storage, (Ada, IsConfirmed: true), (Ben, IsConfirmed: false));
        Assert.Empty(await notes.ListAsync(null, 10, Cancellation));

        await notes.KeepAsync(Ada, Both, Cancellation);
        await notes.KeepAsync(Ben, Both, Cancellation);

        var one = Assert.Single(await notes.ListAsync(null, 10, Cancellation));
        Assert.Equal((Ada, "1@school.example", Both, EveningMark.Never), (one.Who, one.Email, one.Choice, one.Last));
        Assert.Null(await notes.FindAsync(Ben, Cancellation));
        Assert.Equal(one with { }, await notes.FindAsync(Ada, Cancellation));
    }

    [Fact]
    public async Task It_is_read_page_by_page()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var people = Enumerable.Range(1, 5).Select(number => new PersonId(new Guid(number, 0, 0, new byte[8]))).ToArray();
        var notes = await OpenAsync(storage, [.. people.Select(who => (who, true))]);
        foreach (var who in people) await notes.KeepAsync(who, Both, Cancellation);

        var (first, last) = (await notes.ListAsync(null, 3, Cancellation), await notes.ListAsync(people[2], 3, Cancellation));

        Assert.Equal(people, first.Concat(last).Select(one => one.Who));
    }

    [Fact]
    public async Task Of_two_who_would_begin_the_same_evening_one_does()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var notes = await OpenAsync(storage, (Ada, true));
        await notes.KeepAsync(Ada, Both, Cancellation);
        await using var another = await storage.OpenAsync();
        var other = new ReminderNotes((IDbContextFactory<RelayDbContext>)another.GetService(typeof(IDbContextFactory<RelayDbContext>))!); // it is registered
        var (here, there) = (await notes.FindAsync(Ada, Cancellation), await other.FindAsync(Ada, Cancellation));

        var begun = await Task.WhenAll(
            notes.MarkAsync(here!, here!.Last.Begin(Monday), Cancellation), other.MarkAsync(there!, there!.Last.Begin(Monday), Cancellation)); // they have asked

        Assert.Single(begun, mark => mark is not null);
        Assert.Equal(EveningState.Sending, (await notes.FindAsync(Ada, Cancellation))!.Last.State);
    }

    [Fact]
    public async Task Who_has_stopped_it_meanwhile_is_not_sent_to()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var notes = await OpenAsync(storage, (Ada, true));
        await notes.KeepAsync(Ada, Both, Cancellation);
        var seen = (await notes.FindAsync(Ada, Cancellation))!;

        Assert.True(await notes.EndAsync(Ada, Cancellation));

        Assert.Null(await notes.MarkAsync(seen, seen.Last.Begin(Monday), Cancellation));
        Assert.Empty(await notes.ListAsync(null, 10, Cancellation));
        Assert.False(await notes.EndAsync(Ada, Cancellation));
    }

    [Fact]
    public async Task Another_choice_takes_the_place_of_the_one_before_and_forgets_no_evening()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var notes = await OpenAsync(storage, (Ada, true));
        await notes.KeepAsync(Ada, Both, Cancellation);
        var seen = (await notes.FindAsync(Ada, Cancellation))!;
        var sent = seen.Last.Begin(Monday).After(MailOutcome.Taken, default);
        await notes.MarkAsync(seen, sent, Cancellation);

        await notes.KeepAsync(Ada, new ReminderChoice(false, HowOften.Weekly), Cancellation);

        var now = (await notes.FindAsync(Ada, Cancellation))!;
        Assert.Equal((new ReminderChoice(false, HowOften.Weekly), sent), (now.Choice, now.Last));
    }

    [Fact]
    public async Task It_goes_with_the_account()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var notes = await OpenAsync(storage, (Ada, true));
        await notes.KeepAsync(Ada, Both, Cancellation);

        await storage.ExecuteAsync("DELETE FROM \"Accounts\"");

        Assert.Empty(await notes.ListAsync(null, 10, Cancellation));
        await notes.KeepAsync(Ada, Both, Cancellation); // from a page that was open
        Assert.Null(await notes.FindAsync(Ada, Cancellation));
    }

    [Fact]
    public async Task Codes_are_counted_one_at_a_time()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var notes = await OpenAsync(storage, (Ada, true));
        var none = await notes.FindCodesAsync(Ada, Cancellation);
        var one = new CodeTries([Instant.FromUtc(2026, 11, 9, 12, 0)], 0);

        Assert.True(await notes.NoteCodesAsync(Ada, none, one, Cancellation));
        Assert.False(await notes.NoteCodesAsync(Ada, none, one, Cancellation));

        var seen = await notes.FindCodesAsync(Ada, Cancellation);
        Assert.True(await notes.NoteCodesAsync(Ada, seen, seen with { Wrong = 1 }, Cancellation));
        Assert.False(await notes.NoteCodesAsync(Ada, seen, seen with { Wrong = 1 }, Cancellation)); // ten tries at once count as ten
        Assert.Equal((1, 1), ((await notes.FindCodesAsync(Ada, Cancellation)).Sent.Count, (await notes.FindCodesAsync(Ada, Cancellation)).Wrong));
    }

    private static async Task<ReminderNotes> OpenAsync(TemporaryRelayStorage storage, params (PersonId Who, bool IsConfirmed)[] people)
    {
        var contexts = storage.Get<IDbContextFactory<RelayDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(Cancellation);
        foreach (var (who, isConfirmed) in people)
        {
            var address = $"{who.Value.ToByteArray()[0]}@school.example";
            context.Add(new Account { Id = who.Value, UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address, EmailConfirmed = isConfirmed });
        }

        await context.SaveChangesAsync(Cancellation);
        return new ReminderNotes(contexts);
    }
}

public sealed class ReminderNotesOnSqliteTests() : ReminderNotesContract(TestDatabase.Sqlite);

public sealed class ReminderNotesOnPostgresTests() : ReminderNotesContract(TestDatabase.Postgres);

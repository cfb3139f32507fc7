using System.Diagnostics.Metrics;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Overview;
using AV1Relay.Application.People;
using AV1Relay.Application.Reminders;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reminders;
using AV1Relay.StaffConsole.Reminders;
using AV1Relay.Storage;
using AV1Relay.Storage.Accounts;
using AV1Relay.Tests.Unit.Application;
using AV1Relay.Tests.Unit.Application.Live;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Console;

/// <summary>An evening's reminders, from who has asked to what the mail server is handed: each once, whatever happens in between.</summary>
public abstract class ReminderRoundContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());
    private readonly PlayedServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_who_has_asked_gets_one_mail_at_five_and_none_later_that_evening()
    {
        await using var storage = await OpenAsync(InventedSchool.Teacher, InventedSchool.KeyAdult, InventedSchool.OtherTeacher);
        await RoundOf(storage).RunAsync(Cancellation);
        Assert.Equal(0, _server.Connections); // it is morning

        At(17);
        await RoundOf(storage).RunAsync(Cancellation);
        At(18);
        await RoundOf(storage).RunAsync(Cancellation); // as after a restart

        Assert.Equal([Address(InventedSchool.KeyAdult), Address(InventedSchool.Teacher)], _server.To);
        Assert.Equal(1, _server.Connections);
        var entry = await storage.LastAuditedAsync();
        Assert.Equal(("relay", "reminders.sent", "reminders", "2 sent, 0 to be tried again, 0 refused, 0 broken off"), (entry.Who, entry.What, entry.Subject, entry.Detail));
    }

    [Fact]
    public async Task Two_relays_on_one_database_send_each_mail_once()
    {
        await using var storage = await OpenAsync([.. Enumerable.Range(0, 3).Select(InventedSchool.Carrier), InventedSchool.Teacher, InventedSchool.KeyAdult, InventedSchool.Parent]);
        await using var another = await storage.OpenAsync();
        At(17);

        await Task.WhenAll(Task.Run(() => RoundOf(storage).RunAsync(Cancellation), Cancellation), Task.Run(() => RoundOf(storage, another).RunAsync(Cancellation), Cancellation));

        Assert.Equal(_server.To.Distinct().Count(), _server.To.Count);
        Assert.Equal(4, _server.To.Count); // the carrier, the teacher, the key adult, the parent
    }

    [Fact]
    public async Task A_relay_that_is_killed_while_it_hands_over_sends_none_twice()
    {
        await using var storage = await OpenAsync(InventedSchool.Teacher);
        At(17);
        _server.IsKilledAt = 1;
        await Assert.ThrowsAsync<KilledException>(() => RoundOf(storage).RunAsync(Cancellation));
        _server.IsKilledAt = null;

        At(18);
        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Single(_server.To); // it had been handed over
        Assert.Equal(EveningState.Sending, (await NotesOf(storage.Services).FindAsync(InventedSchool.Teacher.Who, Cancellation))!.Last.State); // it is kept
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_uses_up_nobodys_evening()
    {
        await using var storage = await OpenAsync(InventedSchool.Teacher);
        At(17);
        _server.IsDown = true;
        await Assert.ThrowsAsync<MailUnavailableException>(() => RoundOf(storage).RunAsync(Cancellation));
        Assert.Equal(EveningMark.Never, (await NotesOf(storage.Services).FindAsync(InventedSchool.Teacher.Who, Cancellation))!.Last); // it is kept
        _server.IsDown = false;

        At(18);
        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Single(_server.To);
    }

    [Fact]
    public async Task What_is_refused_for_now_is_tried_again_that_evening_and_what_is_refused_for_good_is_not()
    {
        await using var storage = await OpenAsync(InventedSchool.Teacher, InventedSchool.KeyAdult);
        _server.Replies[Address(InventedSchool.Teacher)] = new([MailOutcome.TryLater, MailOutcome.Taken]);
        _server.Replies[Address(InventedSchool.KeyAdult)] = new([MailOutcome.AddressRefused]);
        At(17);
        await RoundOf(storage).RunAsync(Cancellation);
        await RoundOf(storage).RunAsync(Cancellation); // too soon

        At(18);
        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Equal([Address(InventedSchool.KeyAdult), Address(InventedSchool.Teacher), Address(InventedSchool.Teacher)], _server.To);
        Assert.Equal(EveningState.Refused, (await NotesOf(storage.Services).FindAsync(InventedSchool.KeyAdult.Who, Cancellation))!.Last.State); // it is kept
    }

    [Fact]
    public async Task A_connection_that_broke_is_opened_anew_for_the_next()
    {
        await using var storage = await OpenAsync(InventedSchool.Teacher, InventedSchool.KeyAdult);
        _server.Replies[Address(InventedSchool.KeyAdult)] = new([MailOutcome.Unknown]);
        At(17);

        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Equal((2, 2), (_server.Connections, _server.To.Count));
    }

    [Fact]
    public async Task Who_has_no_role_any_more_is_forgotten_and_the_record_says_so()
    {
        var gone = new Caller(new PersonId(InventedSchool.Number(4_711)));
        await using var storage = await OpenAsync(gone);
        At(17);

        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Empty(_server.To);
        Assert.Null(await NotesOf(storage.Services).FindAsync(gone.Who, Cancellation));
        var entry = await storage.LastAuditedAsync();
        Assert.Equal(("relay", "reminders.stopped", $"person {gone.Who}"), (entry.Who, entry.What, entry.Subject));
    }

    [Fact]
    public async Task Names_are_in_it_only_once_the_school_wants_them_for_those_who_may_know_them_and_then_it_is_a_look()
    {
        await using var storage = await OpenAsync(InventedSchool.KeyAdult, InventedSchool.Teacher);
        var school = InventedSchool.In(storage.Get<IRecords>(), _time);
        await school.Records.NamesOutsideAsync(areOn: false);
        At(17);
        await RoundOf(storage).RunAsync(Cancellation);
        Assert.All(_server.Mails, mail => Assert.DoesNotContain(NamesTurnedOn.Name, mail.Text + mail.Subject, StringComparison.Ordinal));
        _server.Mails.Clear();
        await school.Records.NamesOutsideAsync(areOn: true);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, day: 2), "", Cancellation);

        _time.Advance(TimeSpan.FromDays(1));
        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Equal([(Address(InventedSchool.KeyAdult), true), (Address(InventedSchool.Teacher), false)], _server.Mails.Select(mail => (mail.To, mail.Text.Contains(NamesTurnedOn.Name, StringComparison.Ordinal))));
        Assert.All(_server.Mails, mail => Assert.DoesNotContain(NamesTurnedOn.Name, mail.Subject, StringComparison.Ordinal));
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        Assert.Equal(1, await context.Audit.CountAsync(row => row.What == "pupil.card-read" && row.Who == InventedSchool.KeyAdult.ToString(), Cancellation));
    }

    [Fact]
    public async Task A_round_hands_over_so_many_and_the_next_one_goes_on()
    {
        await using var storage = await OpenAsync(InventedSchool.Teacher);
        await using (var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation))
        {
            for (var number = 0; number < ReminderRound.MostMails + 5; number++) AddAccount(context, new PersonId(InventedSchool.Number(10_000 + number)));
            await context.SaveChangesAsync(Cancellation);
        }

        var school = InventedSchool.In(storage.Get<IRecords>(), _time);
        await school.KeepAsync(work =>
        {
            for (var number = 0; number < ReminderRound.MostMails + 5; number++)
            {
                work.Assignments.Add(new Assignment(
                    new AssignmentId(Guid.NewGuid()), new PersonId(InventedSchool.Number(10_000 + number)), Role.Parent,
                    new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(1)), InventedSchool.Morning - Duration.FromDays(1), null,
                    new Act(InventedSchool.Sendco.Who, InventedSchool.Morning)));
            }
        });
        for (var number = 0; number < ReminderRound.MostMails + 5; number++) await AskAsync(storage, new PersonId(InventedSchool.Number(10_000 + number)));
        At(17);

        await RoundOf(storage).RunAsync(Cancellation);
        Assert.Equal(ReminderRound.MostMails, _server.To.Count);
        await RoundOf(storage).RunAsync(Cancellation);

        Assert.Equal(ReminderRound.MostMails + 6, _server.To.Distinct().Count());
    }

    private static string Address(Caller who) => $"{who.Who}@school.example";

    private void At(int hour) => _time.SetUtcNow(new DateTimeOffset(_time.GetUtcNow().Date.AddHours(hour), TimeSpan.Zero)); // in winter London's clocks show UTC

    private async Task<TemporaryRelayStorage> OpenAsync(params Caller[] asking)
    {
        var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);
        await storage.Get<IRelayAddresses>().SaveAsync(new RelayAddresses(["https://relay.example"], [], []), Cancellation);
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        foreach (var caller in asking) AddAccount(context, caller.Who);
        await context.SaveChangesAsync(Cancellation);
        foreach (var caller in asking) await AskAsync(storage, caller.Who);
        return storage;
    }

    private static void AddAccount(RelayDbContext context, PersonId who)
    {
        var address = $"{who}@school.example";
        context.Add(new Account { Id = who.Value, UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address, EmailConfirmed = true });
    }

    private static Task AskAsync(TemporaryRelayStorage storage, PersonId who) => NotesOf(storage.Services).KeepAsync(who, new ReminderChoice(Sessions: true, HowOften.Never), Cancellation);

    private static ReminderNotes NotesOf(IServiceProvider services) => new(services.GetRequiredService<IDbContextFactory<RelayDbContext>>());

    /// <param name="services">Of another process on the same database; null: the storage's own.</param>
    private ReminderRound RoundOf(TemporaryRelayStorage storage, IServiceProvider? services = null)
    {
        services ??= storage.Services;
        var desk = new Desk(services.GetRequiredService<IRecords>(), _time);
        return new ReminderRound(
            _server, NotesOf(services), new StaffReminders(desk, new StaffFeed(desk), new StaffOverview(desk, new PlayedRobots())), new StaffPeople(desk),
            new ReminderKeys(new EphemeralDataProtectionProvider(), services.GetRequiredService<IRelayAddresses>()), services.GetRequiredService<IAuditLog>(),
            new ReminderMetrics(new Meters()), _time, NullLogger<ReminderRound>.Instance);
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }

    private sealed class KilledException : Exception;

    /// <summary>A mail server that answers as it is told to.</summary>
    private sealed class PlayedServer : IMailDelivery
    {
        private readonly Lock _lock = new();

        /// <summary>By address; it takes whatever there is none for.</summary>
        public Dictionary<string, Queue<MailOutcome>> Replies { get; } = [];

        public List<OutgoingMail> Mails { get; } = [];

        public List<string> To
        {
            get
            {
                lock (_lock) return [.. Mails.Select(mail => mail.To)];
            }
        }

        public int Connections { get; private set; }

        public bool IsDown { get; set; }

        /// <summary>At which mail the relay is gone, after it was handed over.</summary>
        public int? IsKilledAt { get; set; }

        public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken)
        {
            if (IsDown) throw new MailUnavailableException("It is down.");
            lock (_lock) Connections++;
            return Task.FromResult<IMailConnection>(new Connection(this));
        }

        private sealed class Connection(PlayedServer server) : IMailConnection
        {
            public bool IsBroken { get; private set; }

            public Task<MailReply> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
            {
                lock (server._lock)
                {
                    server.Mails.Add(mail);
                    if (server.Mails.Count == server.IsKilledAt) throw new KilledException();
                    var outcome = server.Replies.TryGetValue(mail.To, out var script) && script.TryDequeue(out var next) ? next : MailOutcome.Taken;
                    IsBroken = outcome == MailOutcome.Unknown;
                    return Task.FromResult(new MailReply(outcome, 0));
                }
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}

public sealed class ReminderRoundOnSqliteTests() : ReminderRoundContract(TestDatabase.Sqlite);

public sealed class ReminderRoundOnPostgresTests() : ReminderRoundContract(TestDatabase.Postgres);

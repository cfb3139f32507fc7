using AV1Relay.Application.Asking;
using AV1Relay.Application.Overview;
using AV1Relay.Application.Reminders;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reminders;
using AV1Relay.Storage;
using AV1Relay.Tests.Unit.Application.Live;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Reminders;

/// <summary>What somebody is told on an evening: what their pages show, and nothing of what they don't.</summary>
public abstract class StaffRemindersContract(TestDatabase database)
{
    private static readonly ReminderChoice Sessions = new(Sessions: true, HowOften.Never);
    private static readonly ReminderChoice Needs = new(Sessions: false, HowOften.Daily);
    private static readonly LocalDate Monday = InventedSchool.Monday;

    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_carries_teaches_is_key_adult_or_a_parent_is_told_of_the_next_days_session_and_nobody_else()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 1));
        await BookAsync(school, InventedSchool.Wish(2, day: 2)); // the day after
        At(17);

        foreach (var (who, room) in new[] { (InventedSchool.Carrier(0), "8B"), (InventedSchool.Teacher, "8B"), (InventedSchool.KeyAdult, "8B"), (InventedSchool.Parent, null) })
        {
            var told = Assert.IsType<ReminderDecision.Tell>(await DecideAsync(reminders, who, Sessions)).Reminder;
            var session = Assert.Single(told.Sessions);
            Assert.Equal((Monday, InventedSchool.Session(1), room, 0, 0, false), (told.Evening, session.Session.Id, session.Room, told.Needs, told.Answers, session.WithName));
        }

        foreach (var who in new[] { InventedSchool.Sendco, InventedSchool.OtherTeacher, InventedSchool.Technician, EveryRole.OtherKeyAdult, EveryRole.OtherParent, EveryRole.External })
            Assert.Equal(new ReminderDecision.Nothing(Monday), await DecideAsync(reminders, who, Sessions));
    }

    [Fact]
    public async Task What_was_called_off_is_not_told()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        var booked = await BookAsync(school, InventedSchool.Wish(1, day: 1));
        Assert.False((await school.Schedule.CancelAsync(InventedSchool.Sendco, new SessionChangeRequest(InventedSchool.Session(1), booked.Version), Cancellation)).IsRefused);
        At(17);

        Assert.Equal(new ReminderDecision.Nothing(Monday), await DecideAsync(reminders, InventedSchool.Teacher, Sessions));
    }

    [Fact]
    public async Task It_waits_for_five_in_the_afternoon_and_for_no_second_time()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 1));
        Assert.False(await reminders.IsEveningSomewhereAsync(Cancellation));
        Assert.IsType<ReminderDecision.NotNow>(await DecideAsync(reminders, InventedSchool.Teacher, Sessions));

        At(17);

        Assert.True(await reminders.IsEveningSomewhereAsync(Cancellation));
        Assert.IsType<ReminderDecision.NotNow>(await reminders.DecideAsync(InventedSchool.Teacher, Sessions, EveningMark.Never.Begin(Monday), Cancellation));
        Assert.IsType<ReminderDecision.Tell>(await reminders.DecideAsync(InventedSchool.Teacher, Sessions, EveningMark.Never.Begin(Monday.PlusDays(-1)), Cancellation));
    }

    [Fact]
    public async Task It_ends_with_the_last_role()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, reminders) = await OpenAsync(storage);
        _time.Advance(TimeSpan.FromDays(31)); // the role was given for thirty
        At(17);

        Assert.IsType<ReminderDecision.Ended>(await DecideAsync(reminders, EveryRole.OtherKeyAdult, Sessions));
        Assert.IsType<ReminderDecision.Ended>(await DecideAsync(reminders, new Caller(new PersonId(InventedSchool.Number(4_711))), Sessions));
        Assert.False((await reminders.OffersAsync(EveryRole.OtherKeyAdult, Cancellation)).IsAnything);
    }

    [Fact]
    public async Task A_parent_whose_role_at_one_child_has_ended_is_not_told_of_that_child()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 1));
        await BookAsync(school, InventedSchool.Wish(2, pupil: 2, robot: "robot-b", day: 2, carrier: 51));
        var before = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        await using (before) await before.Database.ExecuteSqlAsync($"DELETE FROM \"Assignments\" WHERE \"Id\" = {InventedSchool.Number(3_901)}", Cancellation); // of the first plan
        At(17);
        Assert.Equal(new ReminderDecision.Nothing(Monday), await DecideAsync(reminders, InventedSchool.Parent, Sessions));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(InventedSchool.Session(2), Assert.Single(Assert.IsType<ReminderDecision.Tell>(await DecideAsync(reminders, InventedSchool.Parent, Sessions)).Reminder.Sessions).Session.Id);
    }

    [Fact]
    public async Task How_many_things_need_somebody_is_what_stands_on_their_own_list()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 1)); // it is to be agreed
        At(17);
        var overview = new StaffOverview(new Desk(school.Records, _time), new PlayedRobots());
        var own = (await overview.WhatNeedsMeAsync(InventedSchool.KeyAdult, InventedSchool.Id, Cancellation)).Value.Items.Count(item => item.IsOwn);

        var told = Assert.IsType<ReminderDecision.Tell>(await DecideAsync(reminders, InventedSchool.KeyAdult, Needs)).Reminder;

        Assert.Equal((1, own, 0), (own, told.Needs, told.Sessions.Length));
        foreach (var who in new[] { InventedSchool.Teacher, InventedSchool.Technician, InventedSchool.Parent, EveryRole.OtherKeyAdult })
            Assert.Equal(new ReminderDecision.Nothing(Monday), await DecideAsync(reminders, who, Needs));
    }

    [Fact]
    public async Task How_many_questions_wait_for_a_parent_is_told_to_that_parent_alone()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 3));
        await using (var work = await school.Records.BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Pupil(1))], Cancellation))
        {
            var kept = (await work.Sessions.FindAsync(InventedSchool.Session(1), Cancellation))!; // it has just been booked
            work.Sessions.Replace(kept, new ScheduledSession(kept.Value.Id, kept.Value.Booked with { AsksParent = true }, kept.Value.History));
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        At(17);

        var told = Assert.IsType<ReminderDecision.Tell>(await DecideAsync(reminders, InventedSchool.Parent, Needs)).Reminder;
        Assert.Equal((0, 0, 1), (told.Sessions.Length, told.Needs, told.Answers));
        Assert.Equal(new ReminderDecision.Nothing(Monday), await DecideAsync(reminders, EveryRole.OtherParent, Needs));
        Assert.Equal(0, Assert.IsType<ReminderDecision.Tell>(await DecideAsync(reminders, InventedSchool.KeyAdult, Needs)).Reminder.Answers);
    }

    [Fact]
    public async Task What_each_role_is_offered_is_what_it_has()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, reminders) = await OpenAsync(storage);

        List<string> offered = [];
        foreach (var (name, caller) in EveryRole.All)
        {
            var offers = await reminders.OffersAsync(caller, Cancellation);
            if (offers.IsAnything) offered.Add($"{name}{(offers.Sessions ? " sessions" : "")}{(offers.Needs ? " needs" : "")}{(offers.AsParent ? " as parent" : "")}");
        }

        Assert.Equal(
            ["Psychologist sessions needs", "Sendco sessions needs", "KeyAdult sessions needs", "Teacher sessions", "Technician sessions", "Parent sessions needs as parent",
             "OtherKeyAdult sessions needs", "OtherParent sessions needs as parent", "SendcoElsewhere sessions needs"],
            offered);
    }

    [Fact]
    public async Task Names_go_along_only_once_the_school_wants_them()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 1));
        await school.Records.NamesOutsideAsync(areOn: true);
        At(17);

        foreach (var who in new[] { InventedSchool.KeyAdult, InventedSchool.Parent })
            Assert.True(Assert.Single(Assert.IsType<ReminderDecision.Tell>(await DecideAsync(reminders, who, Sessions)).Reminder.Sessions).WithName);
    }

    [Fact]
    public async Task Deciding_is_no_look_of_the_persons_and_not_noted_as_one()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, reminders) = await OpenAsync(storage);
        await BookAsync(school, InventedSchool.Wish(1, day: 1));
        At(17);
        var before = (await storage.LastAuditedAsync()).Number;

        foreach (var (_, caller) in EveryRole.All) await DecideAsync(reminders, caller, new ReminderChoice(true, HowOften.Daily));

        Assert.Equal(before, (await storage.LastAuditedAsync()).Number);
    }

    private void At(int hour) => _time.SetUtcNow(new DateTimeOffset(_time.GetUtcNow().Date.AddHours(hour), TimeSpan.Zero)); // in winter London's clocks show UTC

    private static Task<ReminderDecision> DecideAsync(StaffReminders reminders, Caller who, ReminderChoice choice) =>
        reminders.DecideAsync(who, choice, EveningMark.Never, Cancellation);

    private static async Task<ReadSession> BookAsync(InventedSchool school, SessionWish wish) =>
        (await school.Schedule.BookAsync(InventedSchool.Sendco, wish, "", Cancellation)).Value;

    private async Task<(InventedSchool School, StaffReminders Reminders)> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        var desk = new Desk(school.Records, _time);
        return (school, new StaffReminders(desk, new StaffFeed(desk), new StaffOverview(desk, new PlayedRobots())));
    }
}

public sealed class StaffRemindersOnSqliteTests() : StaffRemindersContract(TestDatabase.Sqlite);

public sealed class StaffRemindersOnPostgresTests() : StaffRemindersContract(TestDatabase.Postgres);

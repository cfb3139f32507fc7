using AV1Relay.Application.Asking;
using AV1Relay.Application.Overview;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Overview;

public abstract class StaffOverviewContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_nobody_has_agreed_to_waits_for_the_plans_key_adult_alone()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);

        Assert.Equal(["SessionToAgree"], await NeedsAsync(storage, InventedSchool.KeyAdult));
        Assert.Empty(await NeedsAsync(storage, InventedSchool.Sendco));
    }

    [Fact]
    public async Task An_agreed_session_with_a_robot_that_is_out_of_service_waits_for_the_key_adult()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);
        var yes = new Agreement(
            InventedSchool.Pupil(1).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(InventedSchool.Session(1)), InventedSchool.Morning, AgreementManner.InPerson);
        await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 1), yes, Cancellation);
        Assert.Empty(await NeedsAsync(storage, InventedSchool.KeyAdult));

        await ChangeAsync(storage, async work =>
        {
            var robot = await work.StationedRobots.FindAsync("robot-a", Cancellation) ?? throw new InvalidOperationException("It is there.");
            work.StationedRobots.Replace(robot, robot.Value with { OutOfServiceBecause = "the head does not turn" });
        });

        Assert.Equal(["RobotNotReady"], await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task A_review_is_shown_to_the_key_adult_when_it_is_due_and_to_the_lead_when_it_is_overdue()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time, pupils: 1);

        _time.Advance(TimeSpan.FromDays(22)); // 1 December; it is due on the 7th
        Assert.Equal(["ReviewDue"], await NeedsAsync(storage, InventedSchool.KeyAdult));
        Assert.Empty(await NeedsAsync(storage, InventedSchool.Sendco));

        _time.Advance(TimeSpan.FromDays(14));
        Assert.Equal(["ReviewDue"], await NeedsAsync(storage, InventedSchool.Sendco));
    }

    [Fact]
    public async Task A_contact_that_is_due_waits_for_the_key_adult()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work =>
        {
            work.Contacts.Add(new ContactLog(InventedSchool.Pupil(1), InventedSchool.Monday.PlusDays(3), []));
            work.Contacts.Add(new ContactLog(InventedSchool.Pupil(2), InventedSchool.Monday.PlusDays(40), []));
            return Task.CompletedTask;
        });

        Assert.Equal(["ContactDue"], await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task Who_may_not_read_a_plan_is_told_nothing_of_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);
        await ChangeAsync(storage, async work =>
        {
            foreach (var given in await work.Assignments.OfPlanAsync(InventedSchool.Plan(1), Cancellation))
                work.Assignments.Replace(given, given.Value.End(new(InventedSchool.Administrator, InventedSchool.Morning)).Value);
        });

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await NeedsAsync(storage, InventedSchool.KeyAdult)); // still the key adult of another plan
    }

    [Fact]
    public async Task Who_has_no_such_right_is_refused()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        Assert.True((await AskAsync(storage, InventedSchool.Technician)).IsRefused);
    }

    private Task<Outcome<WhatNeedsMe>> AskAsync(TemporaryRelayStorage storage, Caller caller) =>
        new StaffOverview(new Desk(storage.Get<IRecords>(), _time)).WhatNeedsMeAsync(caller, InventedSchool.Id, Cancellation);

    private async Task<string[]> NeedsAsync(TemporaryRelayStorage storage, Caller caller) =>
        [.. (await AskAsync(storage, caller)).Value.Items.Select(item => item.Need.GetType().Name)];

    private static async Task ChangeAsync(TemporaryRelayStorage storage, Func<IWork, Task> change)
    {
        await using var work = await storage.Get<IRecords>().BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.OnAuthority], Cancellation);
        await change(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }
}

public sealed class StaffOverviewOnSqliteTests() : StaffOverviewContract(TestDatabase.Sqlite);

public sealed class StaffOverviewOnPostgresTests() : StaffOverviewContract(TestDatabase.Postgres);

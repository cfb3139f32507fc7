using AV1Relay.Application.Asking;
using AV1Relay.Application.Fleet;
using AV1Relay.Application.Ledger;
using AV1Relay.Application.Overview;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Application.Live;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Overview;

public abstract class StaffOverviewContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());
    private readonly PlayedRobots _robots = new() { Robot = PlayedRobots.Serving(InventedSchool.Session(9)) };

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
        await AgreedAsync(storage, day: 1);
        Assert.Empty(await NeedsAsync(storage, InventedSchool.KeyAdult));

        await ChangeAsync(storage, async work =>
        {
            var robot = await work.StationedRobots.FindAsync("robot-a", Cancellation) ?? throw new InvalidOperationException("It is there.");
            work.StationedRobots.Replace(robot, robot.Value with { OutOfServiceBecause = "the head does not turn" });
        });

        Assert.Equal(["RobotNotReady"], await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Theory]
    [InlineData("off", "It is not connected.")]
    [InlineData("switch", "privacy switch")]
    [InlineData("battery", "battery is down to 3")]
    [InlineData("fault", "The head does not turn.")]
    [InlineData("well", null)]
    public async Task A_robot_that_is_not_well_before_todays_lesson_waits_for_the_key_adult_with_what_to_do(string how, string? problem)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await AgreedAsync(storage, day: 0);
        var robot = _robots.Robot!;
        _robots.Robot = how switch
        {
            "off" => null,
            "switch" => robot with { IsPrivacySwitchOff = true },
            "battery" => robot with { BatteryPercent = 3 },
            "fault" => robot with { Faults = ["The head does not turn."] },
            _ => robot,
        };

        var needs = (await AskAsync(storage, InventedSchool.KeyAdult)).Value.Items.Select(item => item.Need).ToList();

        if (problem is null) Assert.Empty(needs);
        else Assert.Contains(problem, Assert.IsType<RobotNotReady>(Assert.Single(needs)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_that_is_switched_off_on_the_day_before_is_nobodys_business()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await AgreedAsync(storage, day: 1);
        _robots.Robot = null;

        Assert.Empty(await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task What_is_booked_with_a_robot_that_was_retired_waits_for_the_key_adult()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: 1), "", Cancellation);

        await new StaffFleet(new Desk(storage.Get<IRecords>(), _time)).RetireAsync(InventedSchool.Technician, new RobotChangeRequest("robot-a", 1), Cancellation);

        Assert.Contains("RobotNotReady", await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task Fifteen_days_missed_ask_the_key_adult_to_look_until_a_referral_is_under_way()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work =>
        {
            work.Missed.Add(Away(InventedSchool.Pupil(1), days: 15));
            work.Missed.Add(Away(InventedSchool.Pupil(2), days: 14));
            return Task.CompletedTask;
        });

        var prompt = Assert.IsType<MissedDaysPrompt>(Assert.Single((await AskAsync(storage, InventedSchool.KeyAdult)).Value.Items).Need);

        Assert.Equal((InventedSchool.Plan(1), 15, new LocalDate(2026, 9, 25)), (prompt.Of.Plan, prompt.Days, prompt.Due)); // the third Friday of term
        await ChangeAsync(storage, work =>
        {
            work.Referrals.Add(
                Referral.Draft(
                    new ReferralId(InventedSchool.Number(80)), InventedSchool.Pupil(1), InventedSchool.Plan(1), ReferralKind.InclusionService, "Teaching at home",
                    new Act(InventedSchool.KeyAdult.Who, InventedSchool.Morning)),
                InventedSchool.Id);
            return Task.CompletedTask;
        });
        Assert.DoesNotContain("MissedDaysPrompt", await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task A_referral_that_was_assembled_waits_for_the_sendco_to_sign_it_off()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work =>
        {
            var act = new Act(InventedSchool.Psychologist.Who, InventedSchool.Morning);
            var assembled = new Referral(
                new ReferralId(InventedSchool.Number(80)), InventedSchool.Pupil(1), InventedSchool.Plan(1), ReferralKind.InclusionService, "Teaching at home", act, [],
                version: 1, act, assembled: act, [], signedOff: null, sent: null, answered: null);
            work.Referrals.Add(assembled, InventedSchool.Id);
            return Task.CompletedTask;
        });

        var waiting = Assert.IsType<HandOffWaiting>(Assert.Single((await AskAsync(storage, InventedSchool.Sendco)).Value.Items).Need);

        Assert.Equal("to be read and signed off", waiting.WaitsFor);
    }

    [Fact]
    public async Task Steps_in_person_that_are_noted_and_become_more_ask_for_no_review()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work =>
        {
            for (var week = 0; week < 4; week++) work.Engagement.Add(Tried(1, week, minutes: 20 + (20 * week)), InventedSchool.Id);
            return Task.CompletedTask;
        });
        Assert.Equal(["RobotUseRises"], await NeedsAsync(storage, InventedSchool.KeyAdult));

        var ledger = new StaffLedger(new Desk(storage.Get<IRecords>(), _time));
        for (var week = 0; week < 4; week++)
        {
            for (var day = 0; day < week; day++)
            {
                var noted = new StepInPerson(
                    new EngagementEntryId(Guid.NewGuid()), InventedSchool.Step(1), InventedSchool.Monday.PlusWeeks(week - 4).PlusDays(day).At(new LocalTime(15, 30)), 10,
                    PupilLocation.SchoolSite, LeftEarly: false, Note: "");
                Assert.False((await ledger.NoteInPersonAsync(InventedSchool.KeyAdult, InventedSchool.Plan(1), noted, Cancellation)).IsRefused);
            }
        }

        Assert.Empty(await NeedsAsync(storage, InventedSchool.KeyAdult));
    }

    [Fact]
    public async Task Robot_use_that_rises_while_steps_in_person_stall_asks_the_key_adult_for_a_review()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await ChangeAsync(storage, work =>
        {
            for (var week = 0; week < 4; week++)
            {
                work.Engagement.Add(Tried(1, week, minutes: 20 + (20 * week)), InventedSchool.Id);
                work.Engagement.Add(Tried(2, week, minutes: 20), InventedSchool.Id);
            }

            return Task.CompletedTask;
        });

        var need = Assert.IsType<RobotUseRises>(Assert.Single((await AskAsync(storage, InventedSchool.KeyAdult)).Value.Items).Need);

        Assert.Equal(InventedSchool.Plan(1), need.Of.Plan);
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

    /// <summary>From the first day of term on.</summary>
    private static MissedSessions Away(PupilId pupil, int days)
    {
        var dates = Enumerable.Range(0, 60).Select(new LocalDate(2026, 9, 7).PlusDays).Where(date => date.DayOfWeek <= IsoDayOfWeek.Friday).Take(days);
        var halves = dates.SelectMany(date => new RegistrationSession[] { new(date, RegistrationHalf.Morning), new(date, RegistrationHalf.Afternoon) });
        return new MissedSessions(pupil, AcademicYearStarts.England.YearOf(InventedSchool.Monday), [.. halves.Select(half => new MissedSession(half, ForHealthReason: true))]);
    }

    /// <summary>A session in each of the four weeks before this one.</summary>
    private static EngagementEntry Tried(int pupil, int week, int minutes)
    {
        var start = InventedSchool.Monday.PlusWeeks(week - 4).At(new LocalTime(10, 5));
        var tried = new StepTried(
            InventedSchool.Step(pupil), InventedSchool.Session((100 * pupil) + week), start, Duration.FromMinutes(minutes), pauses: 0, leftEarly: false, PupilLocation.Home);
        return new EngagementEntry(
            new EngagementEntryId(InventedSchool.Number((5000 * pupil) + week)), InventedSchool.Pupil(pupil), InventedSchool.Plan(pupil), tried, new EndedBy.Time(),
            InventedSchool.Morning);
    }

    private async Task AgreedAsync(TemporaryRelayStorage storage, int day)
    {
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, day: day), "", Cancellation);
        var yes = new Agreement(
            InventedSchool.Pupil(1).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(InventedSchool.Session(1)), InventedSchool.Morning, AgreementManner.InPerson);
        await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 1), yes, Cancellation);
    }

    private Task<Outcome<WhatNeedsMe>> AskAsync(TemporaryRelayStorage storage, Caller caller) =>
        new StaffOverview(new Desk(storage.Get<IRecords>(), _time), _robots).WhatNeedsMeAsync(caller, InventedSchool.Id, Cancellation);

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

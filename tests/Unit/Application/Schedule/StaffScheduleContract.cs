using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Schedule;

public abstract class StaffScheduleContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_booked_at_the_pupils_step_with_what_the_step_lets_the_robot_do()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var booked = (await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation)).Value;
        var read = (await school.Schedule.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Session(1), Cancellation)).Value;

        Assert.Equal(SessionState.Proposed, read.Session.State);
        Assert.Equal(booked.Session.Booked.Capabilities, read.Session.Booked.Capabilities);
        Assert.Equal(1, read.Version);
    }

    [Fact]
    public async Task Of_many_who_book_the_same_robot_at_the_same_time_one_succeeds_and_the_others_are_told_why()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time, pupils: 8);
        await using var otherProcess = await storage.OpenAsync();
        InventedSchool[] ends = [InventedSchool.In(storage.Get<IRecords>(), _time), InventedSchool.In((IRecords)otherProcess.GetService(typeof(IRecords))!, _time)];

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(() =>
            ends[number % 2].Schedule.BookAsync(number % 2 == 0 ? InventedSchool.Sendco : InventedSchool.OtherSendco, InventedSchool.Wish(number, number, carrier: 50 + number), "", Cancellation))));

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(["booking.robot-taken"], Codes(outcome)));
        Assert.Single((await ends[0].Schedule.ReadCalendarAsync(InventedSchool.Sendco, InventedSchool.Id, new DateInterval(InventedSchool.Monday, InventedSchool.Monday), Cancellation)).Value.Sessions);
    }

    [Fact]
    public async Task Who_changes_a_session_that_somebody_else_has_changed_is_told_and_nothing_is_written_over()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        var seen = new SessionChangeRequest(InventedSchool.Session(1), 1);

        var first = await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, seen, PupilAgrees, Cancellation);
        var second = await school.Schedule.CancelAsync(InventedSchool.Sendco, seen, Cancellation);

        Assert.Equal(SessionState.Agreed, first.Value.Session.State);
        Assert.Equal(["records.changed-meanwhile"], Codes(second));
        Assert.Equal(SessionState.Agreed, (await school.Schedule.ReadAsync(InventedSchool.Sendco, InventedSchool.Session(1), Cancellation)).Value.Session.State);
    }

    [Fact]
    public async Task In_the_calendar_a_key_adult_sees_whose_session_it_is_where_the_plan_is_theirs()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2, pupil: 2, robot: "robot-b", carrier: 51), "", Cancellation);

        var read = (await school.Schedule.ReadCalendarAsync(
            EveryRole.OtherKeyAdult, InventedSchool.Id, new DateInterval(InventedSchool.Monday, InventedSchool.Monday), Cancellation)).Value;

        Assert.Equal(
            [(InventedSchool.Session(1), true), (InventedSchool.Session(2), false)],
            read.Sessions.OrderBy(one => one.Session.Id.Value).Select(one => (one.Session.Id, one.LeftOut.HasFlag(LeftOut.Pupils))));
    }

    [Fact]
    public async Task Who_has_no_right_is_refused_in_the_same_words_whether_or_not_there_is_such_a_session()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        var there = await school.Schedule.CancelAsync(InventedSchool.Technician, new SessionChangeRequest(InventedSchool.Session(1), 1), Cancellation);
        var notThere = await school.Schedule.CancelAsync(InventedSchool.Technician, new SessionChangeRequest(InventedSchool.Session(99), 1), Cancellation);

        Assert.Equal(there.Refusals, notThere.Refusals);
        Assert.True((await storage.Get<IAuditLog>().VerifyAsync(Cancellation)).FirstBadEntry is null);
    }

    [Fact]
    public async Task A_robots_agreed_session_is_placed_from_ten_minutes_before_and_can_be_cancelled_by_staff_until_it_is_live()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 1), PupilAgrees, Cancellation);
        var check = new RobotCheck("robot-a", BatteryLasts: true, WifiHolds: true, SoundIsHeard: true);

        var early = await school.Schedule.PlaceAsync(InventedSchool.Technician, new SessionChangeRequest(InventedSchool.Session(1), 2), check, Cancellation);
        _time.SetUtcNow(Instant.FromUtc(2026, 11, 9, 9, 58).ToDateTimeOffset());
        var placed = await school.Schedule.PlaceAsync(InventedSchool.Technician, new SessionChangeRequest(InventedSchool.Session(1), 2), check, Cancellation);
        var cancelled = await school.Schedule.CancelAsync(InventedSchool.Sendco, new SessionChangeRequest(InventedSchool.Session(1), 3, "The pupil is ill"), Cancellation);

        Assert.True(early.IsRefused);
        Assert.Equal(SessionState.Ready, placed.Value.Session.State);
        Assert.Equal(LeftOut.Pupils | LeftOut.PlanContents, placed.Value.LeftOut); // who carries a robot doesn't hear whose session it is
        Assert.Equal(LeftOut.Nothing, cancelled.Value.LeftOut);
        Assert.Equal(SessionState.Cancelled, cancelled.Value.Session.State);
    }

    [Fact]
    public async Task A_robot_that_stands_at_another_school_is_not_placed_from_afar_for_what_was_booked_before()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 1), PupilAgrees, Cancellation);
        await using (var work = await storage.Get<IRecords>().BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.OnRobot("robot-a")], Cancellation))
        {
            var station = await work.StationedRobots.FindAsync("robot-a", Cancellation);
            Assert.NotNull(station);
            work.StationedRobots.Replace(station, station.Value with { School = new(InventedSchool.Number(99)) });
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        _time.SetUtcNow(Instant.FromUtc(2026, 11, 9, 9, 58).ToDateTimeOffset());
        var check = new RobotCheck("robot-a", BatteryLasts: true, WifiHolds: true, SoundIsHeard: true);

        var placed = await school.Schedule.PlaceAsync(InventedSchool.Sendco, new SessionChangeRequest(InventedSchool.Session(1), 2), check, Cancellation);

        Assert.Equal(["session.robot-elsewhere"], Codes(placed));
    }

    [Fact]
    public async Task Free_times_are_in_lessons_and_each_can_be_booked_as_it_is()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1, pupil: 2), "", Cancellation);
        var question = new FreeSlotQuestion(
            InventedSchool.Session(2), InventedSchool.Plan(1), new DateInterval(InventedSchool.Monday, InventedSchool.Monday.PlusDays(4)), AV1Relay.Domain.Sessions.PupilLocation.Home, [InventedSchool.Carrier(1).Who]);

        var free = (await school.Schedule.FindFreeAsync(InventedSchool.Sendco, question, Cancellation)).Value;

        Assert.Equal(5, free.Proposals.Length);
        Assert.Equal("robot-b", free.Proposals[0].RobotName); // the other one is taken on the Monday
    }

    private static Agreement PupilAgrees => new(InventedSchool.Pupil(1).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(InventedSchool.Session(1)), InventedSchool.Morning, AgreementManner.InPerson);

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

public sealed class StaffScheduleOnSqliteTests() : StaffScheduleContract(TestDatabase.Sqlite);

public sealed class StaffScheduleOnPostgresTests() : StaffScheduleContract(TestDatabase.Postgres);

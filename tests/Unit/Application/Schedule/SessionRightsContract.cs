using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage;
using AV1Relay.Storage.Audit;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Schedule;

/// <summary>Whose sessions are whose, who answers for a parent, and what the audit and the session keep of it.</summary>
public abstract class SessionRightsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_times_are_found_by_those_of_that_plan_alone()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await OnlyOnPlanAsync(school, 2, InventedSchool.OtherTeacher);

        var other = await FindAsync(school, InventedSchool.OtherTeacher, plan: 1);
        var notThere = await FindAsync(school, InventedSchool.OtherTeacher, plan: 77);

        Assert.Equal(["access.out-of-reach"], Codes(other));
        Assert.Equal(other.Refusals, notThere.Refusals);
        Assert.NotEmpty((await FindAsync(school, InventedSchool.OtherTeacher, plan: 2)).Value.Proposals);
    }

    [Fact]
    public async Task A_teacher_reads_and_ends_what_is_in_their_own_lesson()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        Assert.False((await school.Schedule.ReadAsync(InventedSchool.Teacher, InventedSchool.Session(1), Cancellation)).IsRefused);
        Assert.False((await school.Schedule.ReadAsync(InventedSchool.Carrier(0), InventedSchool.Session(1), Cancellation)).IsRefused);
        Assert.Equal(
            ["access.out-of-reach"], Codes(await school.Schedule.ReadAsync(InventedSchool.OtherTeacher, InventedSchool.Session(1), Cancellation)));
        var end = new SessionChangeRequest(InventedSchool.Session(1), 1);
        Assert.Equal(["access.out-of-reach"], Codes(await school.Schedule.EndAsync(InventedSchool.OtherTeacher, end, Cancellation)));
        Assert.Equal(["session.wrong-moment"], Codes(await school.Schedule.EndAsync(InventedSchool.Teacher, end, Cancellation))); // not live yet
    }

    [Fact]
    public async Task A_parents_yes_is_that_of_a_parent()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        Assert.Equal(["session.not-a-parent"], Codes(await AgreeAsParentAsync(school, new PersonId(Guid.NewGuid()))));
        Assert.Equal(["session.not-a-parent"], Codes(await AgreeAsParentAsync(school, InventedSchool.KeyAdult.Who))); // who writes it down
        Assert.False((await AgreeAsParentAsync(school, InventedSchool.Parent.Who)).IsRefused);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)] // ended the day before
    public async Task Who_is_entered_as_a_parent_on_that_day_answers_too(int lastDay, bool isParent)
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        var (father, act) = (new PersonId(InventedSchool.Number(61)), new Act(InventedSchool.Administrator, InventedSchool.Morning));
        await KeepAsync(school, work => work.Parenthoods.Add(new Parenthood(
            father, InventedSchool.Pupil(1), livesWith: false, InventedSchool.Monday.PlusYears(-2), InventedSchool.Monday.PlusDays(lastDay), act, act)));

        Assert.Equal(isParent ? [] : ["session.not-a-parent"], Codes(await AgreeAsParentAsync(school, father)));
    }

    [Fact]
    public async Task A_role_that_nobody_thought_of_ending_gives_no_say_to_a_parent_whose_say_is_over()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await KeepAsync(school, work => work.Parenthoods.Add(new Parenthood(
            InventedSchool.Parent.Who, InventedSchool.Pupil(1), livesWith: false, InventedSchool.Monday.PlusYears(-2), InventedSchool.Monday.PlusDays(-1), act, act)));

        Assert.Equal(["session.not-a-parent"], Codes(await AgreeAsParentAsync(school, InventedSchool.Parent.Who)));
    }

    [Fact]
    public async Task Who_wrote_an_answer_down_and_why_stays_with_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        await AgreeAsParentAsync(school, InventedSchool.Parent.Who, "She rang at eight");
        await school.Schedule.RecordNoAsync(
            InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 2, "At the gate"), ParentsNo, Cancellation);

        var history = (await school.Schedule.ReadAsync(InventedSchool.KeyAdult, InventedSchool.Session(1), Cancellation)).Value.Session.History;
        Assert.Equal("She rang at eight", Assert.Single(history.Agreements).Recorded?.Why);
        Assert.Equal((InventedSchool.KeyAdult.Who, "At the gate"), (history.Declined?.Recorded?.Who, history.Declined?.Recorded?.Why));
        Assert.Equal(["session.agreement-recorded", "session.no-recorded"], (await AuditAsync(storage)).Select(entry => entry.What).TakeLast(3).Take(2));
    }

    [Fact]
    public async Task A_parents_no_that_ends_a_live_session_is_audited_as_its_end()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await LiveAsync(school);

        var ended = await school.Schedule.RecordNoAsync(
            InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 1, "She rang"), ParentsNo, Cancellation);

        Assert.Equal("She rang", Assert.IsType<EndedBy.Parent>(ended.Value.Session.History.End?.By).No.Recorded?.Why);
        Assert.Equal("session.ended-by-parent", (await AuditAsync(storage))[^1].What);
    }

    [Fact]
    public async Task A_repeat_is_audited_on_its_plan_with_the_sessions_that_came_of_it()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        await RepeatAsync(school, InventedSchool.Monday, InventedSchool.Monday.PlusDays(5)); // the second is a Saturday

        var entry = (await AuditAsync(storage))[^1];
        Assert.Equal(("session.proposed", $"plan {InventedSchool.Plan(1)}"), (entry.What, entry.Subject));
        Assert.Contains(InventedSchool.Session(1).ToString(), entry.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(InventedSchool.Session(2).ToString(), entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_of_which_nothing_was_booked_is_no_booking_in_the_audit()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var booked = await RepeatAsync(school, InventedSchool.Monday.PlusDays(5), InventedSchool.Monday.PlusDays(6));

        Assert.All(booked.Value.Answers, answer => Assert.True(answer.Outcome.IsRefused));
        Assert.Empty(await AuditAsync(storage));
    }

    [Fact]
    public async Task A_room_that_is_not_the_schools_and_a_carrier_who_has_no_role_there_are_refused()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var wish = InventedSchool.Wish(1) with { Lesson = null };

        var room = await school.Schedule.BookAsync(InventedSchool.Sendco, wish with { Room = new RoomId(Guid.NewGuid()) }, "", Cancellation);
        var carrier = await school.Schedule.BookAsync(InventedSchool.Sendco, wish with { Carrier = new PersonId(Guid.NewGuid()) }, "", Cancellation);
        var parent = await school.Schedule.BookAsync(InventedSchool.Sendco, wish with { Carrier = InventedSchool.Parent.Who }, "", Cancellation);

        Assert.Equal(["booking.room-unknown"], Codes(room));
        Assert.Equal(["booking.carrier-unknown"], Codes(carrier));
        Assert.Equal(["booking.carrier-unknown"], Codes(parent));
    }

    [Fact]
    public async Task A_parent_reads_neither_what_the_others_said_nor_who_they_are()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var (father, act) = (new PersonId(InventedSchool.Number(61)), new Act(InventedSchool.Administrator, InventedSchool.Morning));
        await KeepAsync(school, work =>
        {
            work.Parenthoods.Add(new Parenthood(
                father, InventedSchool.Pupil(1), livesWith: false, InventedSchool.Monday.PlusYears(-2), until: null, act));
            work.PersonCards.Add(new PersonCard(father, new PersonalText("Mr Elsewhere"), null, null));
            work.PersonCards.Add(new PersonCard(InventedSchool.KeyAdult.Who, new PersonalText("Ms Key"), null, null));
        });
        var choices = new StaffChoices(new Desk(school.Records, _time));
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        await school.Schedule.RecordAgreementAsync(InventedSchool.KeyAdult, Change(1), Yes(father.ToString(), AgreementCapacity.Parent, "Not with her there."), Cancellation);
        await school.Schedule.AnswerAsParentAsync(InventedSchool.Parent, Change(2), says: false, "We moved.", Cancellation);

        var (parents, staffs) = (await AnswersAsync(InventedSchool.Parent), await AnswersAsync(InventedSchool.Sendco));

        Assert.Equal(["", "We moved."], parents.Select(answer => answer.Words)); // their own they may read
        Assert.Equal(["Not with her there.", "We moved."], staffs.Select(answer => answer.Words));
        Assert.Equal([false, false], (await AnswersAsync(InventedSchool.Psychologist)).Select(answer => answer.Words.Length > 0));
        Assert.Equal([new WrittenDown("Ms Key", InventedSchool.Morning), null], parents.Select(answer => answer.WrittenDown));
        Assert.Equal("Sendco KeyAdult", await EveryRole.WhoMayAsync(caller => choices.ParentsAsync(caller, InventedSchool.Session(1), Cancellation)));

        async Task<IReadOnlyList<ReadAnswer>> AnswersAsync(Caller caller) =>
            (await school.Schedule.ReadAsync(caller, InventedSchool.Session(1), Cancellation)).Value.Answers;
    }

    [Fact]
    public async Task Each_is_offered_with_a_session_what_their_role_does_and_nothing_else()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);
        Operation[] all =
            [
                Operation.ProposeSession, Operation.RecordAgreementToSession, Operation.CancelSession, Operation.IssueJoinCode, Operation.PlaceRobot,
                Operation.EndSession,
            ];

        Assert.Equal([Operation.AgreeToSessionAsParent], await MayAsync(InventedSchool.Parent));
        Assert.Equal([Operation.ProposeSession, Operation.CancelSession], await MayAsync(InventedSchool.Psychologist));
        Assert.Equal([Operation.PlaceRobot, Operation.EndSession], await MayAsync(InventedSchool.Teacher));
        Assert.Equal(all, await MayAsync(InventedSchool.KeyAdult));
        Assert.Equal(all, await MayAsync(InventedSchool.Sendco));

        async Task<IEnumerable<Operation>> MayAsync(Caller caller) =>
            (await school.Schedule.ReadAsync(caller, InventedSchool.Session(1), Cancellation)).Value.May.Order();
    }

    private static SessionChangeRequest Change(long seen) => new(InventedSchool.Session(1), seen);

    private static Agreement Yes(string who, AgreementCapacity capacity, string words) =>
        new(who, capacity, new AgreedTo.Session(InventedSchool.Session(1)), InventedSchool.Morning, AgreementManner.Call, words);

    private static SaidNo ParentsNo { get; } = new(
        InventedSchool.Parent.Who.ToString(), AgreementCapacity.Parent, InventedSchool.Morning, AgreementManner.Call);

    private static Task<Outcome<ReadSession>> AgreeAsParentAsync(InventedSchool school, PersonId parent, string why = "") => school.Schedule.RecordAgreementAsync(
        InventedSchool.KeyAdult, new SessionChangeRequest(InventedSchool.Session(1), 1, why),
        new Agreement(
            parent.ToString(), AgreementCapacity.Parent, new AgreedTo.Session(InventedSchool.Session(1)), InventedSchool.Morning, AgreementManner.Call),
        Cancellation);

    private static Task<Outcome<FreeSlots>> FindAsync(InventedSchool school, Caller caller, int plan) => school.Schedule.FindFreeAsync(
        caller,
        new FreeSlotQuestion(
            InventedSchool.Session(9), InventedSchool.Plan(plan), new DateInterval(InventedSchool.Monday, InventedSchool.Monday.PlusDays(4)),
            PupilLocation.Home, [InventedSchool.Carrier(0).Who]),
        Cancellation);

    private static Task<Outcome<BookedRepeat>> RepeatAsync(InventedSchool school, LocalDate first, LocalDate second)
    {
        var wish = InventedSchool.Wish(1) with { Lesson = null };
        return school.Schedule.BookRepeatAsync(
            InventedSchool.Sendco, wish,
            [
                new RepeatSlot(InventedSchool.Session(1), On(first)),
                new RepeatSlot(InventedSchool.Session(2), On(second)),
            ],
            "Each week", Cancellation);

        LocalSlot On(LocalDate date) => new(date, wish.Slot.Start, wish.Slot.Duration);
    }

    /// <summary>Somebody is key adult of one plan.</summary>
    private static Task OnlyOnPlanAsync(InventedSchool school, int plan, Caller caller) => KeepAsync(school, work => work.Assignments.Add(new Assignment(
        new AssignmentId(Guid.NewGuid()), caller.Who, Role.KeyAdult, new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(plan)),
        InventedSchool.Morning, until: null, new Act(InventedSchool.Administrator, InventedSchool.Morning))));

    private static async Task LiveAsync(InventedSchool school)
    {
        await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(2), "", Cancellation);
        var booked = (await school.Schedule.ReadAsync(InventedSchool.Sendco, InventedSchool.Session(2), Cancellation)).Value.Session;
        var (start, act) = (booked.Window.Start, new Act(InventedSchool.KeyAdult.Who, booked.Window.Start));
        var yes = new Agreement(
            InventedSchool.Pupil(1).ToString(), AgreementCapacity.Pupil, new AgreedTo.Session(InventedSchool.Session(1)), start, AgreementManner.Page);
        var live = new ScheduledSession(
            InventedSchool.Session(1), booked.Booked, new SessionHistory(act, [yes], new RobotPlacement(act), [new DeviceJoin("tablet-1", start)]));
        await KeepAsync(school, work => work.Sessions.Add(live));
    }

    private static async Task KeepAsync(InventedSchool school, Action<IWork> add)
    {
        await using var work = await school.Records.BeginAsync(
            InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Pupil(1))], Cancellation);
        add(work);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static async Task<List<AuditRow>> AuditAsync(TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(Cancellation);
        return await context.Audit.OrderBy(row => row.Number).ToListAsync(Cancellation);
    }

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

public sealed class SessionRightsOnSqliteTests() : SessionRightsContract(TestDatabase.Sqlite);

public sealed class SessionRightsOnPostgresTests() : SessionRightsContract(TestDatabase.Postgres);

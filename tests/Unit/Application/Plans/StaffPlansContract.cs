using AV1Relay.Application.Plans;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Plans;

public abstract class StaffPlansContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PlanChangeRequest Change(long seen) => new(InventedSchool.Plan(1), seen, "", InventedSchool.Say);

    [Fact]
    public async Task A_review_shows_what_the_ledger_has_of_robot_and_steps_in_person()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await using (var work = await school.Records.BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Pupil(1))], Cancellation))
        {
            work.Engagement.Add(Line(1, InventedSchool.Monday.PlusWeeks(-2), InventedSchool.Session(1), minutes: 20), InventedSchool.Id);
            work.Engagement.Add(Line(2, InventedSchool.Monday.PlusWeeks(-2), null, minutes: 15), InventedSchool.Id);
            work.Engagement.Add(Line(3, InventedSchool.Monday.PlusWeeks(-1), InventedSchool.Session(2), minutes: 30), InventedSchool.Id);
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        var held = (await school.Plans.HoldReviewAsync(InventedSchool.Sendco, Change(1), Review(1), Cancellation)).Value;

        Assert.Equal(Duration.FromMinutes(50), Assert.Single(held.View.Reviews).RobotUse.RobotTime);
        Assert.Equal([1, 0], held.View.Reviews[0].RobotUse.Periods.Select(period => period.InPersonSteps));
    }

    [Fact]
    public async Task Of_two_who_change_the_same_plan_the_second_is_told_and_the_first_ones_change_stands()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var first = await school.Plans.ChangeGoalAsync(InventedSchool.Sendco, Change(1), new InPersonGoal("Choir", "Hall"), Cancellation);
        var second = await school.Plans.ChangeGoalAsync(InventedSchool.KeyAdult, Change(1), new InPersonGoal("Chess", "Library"), Cancellation);

        Assert.Equal("records.changed-meanwhile", Assert.Single(second.Refusals).Code);
        Assert.Equal("Choir", first.Value.View.Goal.Name);
        Assert.Equal("Choir", (await school.Plans.ReadAsync(InventedSchool.Sendco, InventedSchool.Plan(1), false, Cancellation)).Value.View.Goal.Name);
    }

    private static EngagementEntry Line(int number, LocalDate date, ScheduledSessionId? session, int minutes) => new(
        new EngagementEntryId(InventedSchool.Number(2000 + number)), InventedSchool.Pupil(1), InventedSchool.Plan(1),
        new StepTried(InventedSchool.Step(1), session, date.At(new LocalTime(10, 5)), Duration.FromMinutes(minutes), 0, leftEarly: false, PupilLocation.Home),
        new EndedBy.Staff(InventedSchool.KeyAdult.Who), InventedSchool.Morning, []);

    private static HeldReview Review(int number) => new(
        new ReviewId(InventedSchool.Number(3000 + number)), InventedSchool.Monday, [new ReviewParticipant("pupil")], "Maths, twice.", 1, ReviewDecision.Stay,
        InventedSchool.Monday.PlusWeeks(4));
}

public sealed class StaffPlansOnSqliteTests() : StaffPlansContract(TestDatabase.Sqlite);

public sealed class StaffPlansOnPostgresTests() : StaffPlansContract(TestDatabase.Postgres);

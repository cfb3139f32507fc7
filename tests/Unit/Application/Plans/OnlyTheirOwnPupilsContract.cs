using AV1Relay.Application.Asking;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Reviews;
using AV1Relay.Domain.Sessions;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Plans;

/// <summary>Plans are drafted, put to use and booked on by the school where the pupil is, and closed by those who may.</summary>
public abstract class OnlyTheirOwnPupilsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PupilId New => new(InventedSchool.Number(98));

    [Fact]
    public async Task The_school_where_the_pupil_is_drafts_a_plan()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var outcome = await DraftAsync(school, InventedSchool.SendcoElsewhere, InventedSchool.ElsewhereId, InventedSchool.PupilElsewhere, InventedSchool.SendcoElsewhere.Who);

        Assert.Equal(PlanStatus.Draft, outcome.Value.View.Status);
    }

    [Fact]
    public async Task Nobody_looks_after_a_plan_who_does_not_work_at_its_school()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        foreach (var stranger in (PersonId[])[InventedSchool.SendcoElsewhere.Who, InventedSchool.Parent.Who, new PersonId(Guid.NewGuid())])
        {
            var outcome = await DraftAsync(school, InventedSchool.Sendco, InventedSchool.Id, InventedSchool.Pupil(1), stranger);

            Assert.Equal(["plan.person-not-at-school"], Codes(outcome));
        }
    }

    [Fact]
    public async Task For_a_pupil_of_another_school_and_for_one_whom_nobody_has_entered_the_answer_is_the_same()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var elsewhere = await DraftAsync(school, InventedSchool.Sendco, InventedSchool.Id, InventedSchool.PupilElsewhere);
        var nowhere = await DraftAsync(school, InventedSchool.Sendco, InventedSchool.Id, New);
        var noSuchSchool = await DraftAsync(school, InventedSchool.Sendco, new SchoolId(InventedSchool.Number(97)), InventedSchool.PupilElsewhere);

        Assert.Equal(["access.out-of-reach"], Codes(elsewhere));
        Assert.Equal(elsewhere.Refusals, nowhere.Refusals);
        Assert.Equal(elsewhere.Refusals, noSuchSchool.Refusals);
    }

    [Fact]
    public async Task After_a_move_the_school_before_puts_no_plan_to_use_and_books_nothing()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var draft = (await DraftAsync(school, InventedSchool.Sendco, InventedSchool.Id, InventedSchool.Pupil(1))).Value;
        await MoveAsync(school, InventedSchool.Pupil(1), InventedSchool.ElsewhereId);

        var activated = await school.Plans.ActivateAsync(
            InventedSchool.Sendco, new PlanChangeRequest(draft.View.Id, 1, "", InventedSchool.Say), InventedSchool.Monday.PlusWeeks(4), Cancellation);
        var booked = await school.Schedule.BookAsync(InventedSchool.Sendco, InventedSchool.Wish(1), "", Cancellation);

        Assert.Equal(["plan.pupil-elsewhere"], Codes(activated));
        Assert.Equal(["booking.pupil-elsewhere"], Codes(booked));
    }

    [Fact]
    public async Task Who_may_not_close_a_plan_ends_none_by_a_review()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        Assert.Equal(["access.not-for-role"], Codes(await EndAsync(school, InventedSchool.KeyAdult)));
        Assert.Equal(["access.not-for-role"], Codes(await EndAsync(school, InventedSchool.Psychologist)));
        Assert.Equal(PlanStatus.Closed, (await EndAsync(school, InventedSchool.Sendco)).Value.View.Status);
    }

    private static Task<Outcome<ReadPlan>> EndAsync(InventedSchool school, Caller caller) => school.Plans.HoldReviewAsync(
        caller, new PlanChangeRequest(InventedSchool.Plan(1), 1, "", InventedSchool.Say),
        new HeldReview(
            new ReviewId(Guid.NewGuid()), InventedSchool.Monday, [new ReviewParticipant("pupil")], "All of it.", 2, ReviewDecision.End, NextReviewOn: null),
        Cancellation);

    private static Task<Outcome<ReadPlan>> DraftAsync(InventedSchool school, Caller caller, SchoolId at, PupilId pupil, PersonId? keyAdult = null)
    {
        var step = new Step(
            new StepId(Guid.NewGuid()), "Watch maths", 3, Duration.FromMinutes(30), 3, "At home", "", new RobotUse(new CapabilitySet(Capability.See)));
        var plan = new NewPlan(
            new PlanId(Guid.NewGuid()), pupil, at, new InPersonGoal("Choir", "The hall"), keyAdult ?? InventedSchool.KeyAdult.Who, caller.Who, [step]);
        return school.Plans.DraftAsync(caller, plan, "", InventedSchool.Say, Cancellation);
    }

    private static async Task MoveAsync(InventedSchool school, PupilId pupil, SchoolId to)
    {
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await using var work = await school.Records.BeginAsync(act.Who, act.At, [Claim.On(pupil)], Cancellation);
        var kept = await work.Schoolings.FindAsync(pupil, Cancellation);
        Assert.NotNull(kept);
        work.Schoolings.Replace(kept, kept.Value.Begin(to, InventedSchool.Monday, act).Value);
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static IEnumerable<string> Codes<T>(Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

public sealed class OnlyTheirOwnPupilsOnSqliteTests() : OnlyTheirOwnPupilsContract(TestDatabase.Sqlite);

public sealed class OnlyTheirOwnPupilsOnPostgresTests() : OnlyTheirOwnPupilsContract(TestDatabase.Postgres);

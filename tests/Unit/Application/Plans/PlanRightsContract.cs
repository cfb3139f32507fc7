using AV1Relay.Application.Asking;
using AV1Relay.Application.Plans;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
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

namespace AV1Relay.Tests.Unit.Application.Plans;

/// <summary>Who changes what of a plan, what the audit keeps of it, and what is refused whoever asks.</summary>
public abstract class PlanRightsContract(TestDatabase database)
{
    private static readonly SectionId Part = new(InventedSchool.Number(500));
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    /// <summary>By what is asked for: who may, and the name in the audit.</summary>
    public static TheoryData<string, string[], string> Changes => new()
    {
        { nameof(StaffPlans.ChangeGoalAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.changed" },
        { nameof(StaffPlans.WriteSectionAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.changed" },
        { nameof(StaffPlans.RemoveSectionAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.changed" },
        { nameof(StaffPlans.MarkConfidentialAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.confidential-marked" },
        { nameof(StaffPlans.OpenUpAsync), ["Psychologist", "Sendco"], "plan.confidential-opened-up" },
        { nameof(StaffPlans.AddStepAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.ladder-changed" },
        { nameof(StaffPlans.ChangeStepAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.ladder-changed" },
        { nameof(StaffPlans.RemoveStepAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.ladder-changed" },
        { nameof(StaffPlans.SplitStepAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.ladder-changed" },
        { nameof(StaffPlans.ReorderStepsAsync), ["Psychologist", "Sendco", "KeyAdult"], "plan.ladder-changed" },
        { nameof(StaffPlans.ChangePeopleAsync), ["Sendco"], "plan.people-changed" },
        { nameof(StaffPlans.StepUpAsync), ["KeyAdult"], "plan.stepped-up" },
        { nameof(StaffPlans.CloseAsync), ["Sendco"], "plan.closed" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (string Name, Caller Caller)[] Everybody =>
    [
        ("Psychologist", InventedSchool.Psychologist), ("Sendco", InventedSchool.Sendco), ("KeyAdult", InventedSchool.KeyAdult),
        ("Teacher", InventedSchool.Teacher), ("Technician", InventedSchool.Technician), ("Parent", InventedSchool.Parent),
        ("SendcoElsewhere", InventedSchool.SendcoElsewhere), ("Stranger", new Caller(new PersonId(InventedSchool.Number(77)))),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_made_by_those_whose_work_it_is_alone_and_audited(string change, string[] allowed, string audited)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time, Everybody.Length);
        List<string> may = [];
        for (var number = 1; number <= Everybody.Length; number++) // each on a plan of their own to change
        {
            await PrepareAsync(school, change, number);
            var (name, caller) = Everybody[number - 1];
            var outcome = await AskAsync(school.Plans, change, caller, await SeenAsync(school, number), number);
            var entry = (await AuditAsync(storage))[^1];
            if (!outcome.IsRefused) may.Add(name);
            Assert.Equal((outcome.IsRefused ? "access.refused" : audited, caller.ToString()), (entry.What, entry.Who));
            if (outcome.IsRefused) Assert.StartsWith("access.", Assert.Single(outcome.Refusals).Code, StringComparison.Ordinal);
        }

        Assert.Equal(allowed, may);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Of_a_plan_that_has_changed_meanwhile_nothing_is_written_over(string change, string[] allowed, string audited)
    {
        Assert.NotEmpty(audited);
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        await PrepareAsync(school, change, 1);
        var seen = await SeenAsync(school, 1);
        await school.Plans.ChangeGoalAsync(InventedSchool.KeyAdult, Change(1, seen), new InPersonGoal("Chess", "Library"), Cancellation);

        var outcome = await AskAsync(school.Plans, change, Everybody.First(one => one.Name == allowed[0]).Caller, seen, 1);

        Assert.Equal(["records.changed-meanwhile"], Codes(outcome));
    }

    [Fact]
    public async Task The_pupil_and_the_plans_own_key_adult_step_up_together()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var yes = new SaidYes(AgreementManner.InPerson, "OK");

        Assert.Equal(["ladder.pupil-has-not-agreed"], Codes(await school.Plans.StepUpAsync(InventedSchool.KeyAdult, Change(1, 1), null, true, Cancellation)));
        Assert.Equal(["ladder.key-adult-has-not-agreed"], Codes(await school.Plans.StepUpAsync(InventedSchool.KeyAdult, Change(1, 1), yes, false, Cancellation)));
        await AssignAsync(school, InventedSchool.OtherTeacher, Role.KeyAdult, 1); // a key adult by role, but not this plan's
        Assert.Equal(
            ["ladder.key-adult-has-not-agreed"], Codes(await school.Plans.StepUpAsync(InventedSchool.OtherTeacher, Change(1, 1), yes, true, Cancellation)));

        var up = await school.Plans.StepUpAsync(InventedSchool.KeyAdult, Change(1, 1), yes, true, Cancellation);

        Assert.Equal(2, up.Value.View.Ladder.CurrentNumber);
        Assert.Equal(["ladder.at-top"], Codes(await school.Plans.StepUpAsync(InventedSchool.KeyAdult, Change(1, 2), yes, true, Cancellation)).Take(1));
    }

    [Fact]
    public async Task A_plan_is_looked_after_by_people_of_its_school()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        foreach (var stranger in new[] { InventedSchool.SendcoElsewhere, InventedSchool.Parent, InventedSchool.Technician })
        {
            var outcome = await school.Plans.ChangePeopleAsync(InventedSchool.Sendco, Change(1, 1), stranger.Who, InventedSchool.Sendco.Who, Cancellation);
            Assert.Equal(["plan.person-not-at-school"], Codes(outcome));
        }
    }

    [Fact]
    public async Task Only_who_drafts_plans_sees_which_pupils_have_none()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);
        var choices = new StaffPlanChoices(new Desk(school.Records, _time));
        await school.Plans.CloseAsync(InventedSchool.Sendco, Change(1, 1), Cancellation);
        await AddCardAsync(school, InventedSchool.Pupil(1), "Zadie");
        await AddCardAsync(school, InventedSchool.Pupil(2), "Omar"); // has a plan
        await AddCardAsync(school, InventedSchool.PupilElsewhere, "Elsewhere");

        List<string> may = [];
        foreach (var (name, caller) in Everybody)
        {
            if (!(await choices.ForNewAsync(caller, InventedSchool.Id, Cancellation)).TryGet(out var found, out _)) continue;
            may.Add(name);
            Assert.Equal(["Zadie"], found.Pupils.Select(pupil => pupil.Name.Text));
        }

        Assert.Equal(["Psychologist", "Sendco"], may);
    }

    [Fact]
    public async Task A_plan_opens_with_what_its_reader_may_do()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var school = await InventedSchool.OpenAsync(storage.Get<IRecords>(), _time);

        var parents = (await school.Plans.OpenAsync(InventedSchool.Parent, InventedSchool.Plan(1), false, Cancellation)).Value;
        var sendcos = (await school.Plans.OpenAsync(InventedSchool.Sendco, InventedSchool.Plan(1), true, Cancellation)).Value;

        Assert.Contains(Operation.CommentOnPlan, (IReadOnlySet<Operation>)parents.May);
        Assert.DoesNotContain(Operation.ChangePlan, (IReadOnlySet<Operation>)parents.May);
        Assert.Contains(Operation.ClosePlan, (IReadOnlySet<Operation>)sendcos.May);
        Assert.True((await school.Plans.OpenAsync(InventedSchool.Parent, InventedSchool.Plan(1), true, Cancellation)).IsRefused);
        Assert.True((await school.Plans.OpenAsync(InventedSchool.SendcoElsewhere, InventedSchool.Plan(1), false, Cancellation)).IsRefused);
    }

    private static PlanChangeRequest Change(int number, long seen) => new(InventedSchool.Plan(number), seen, "", InventedSchool.Say);

    private static Task<Outcome<ReadPlan>> AskAsync(StaffPlans plans, string change, Caller caller, long seen, int number)
    {
        var (request, top) = (Change(number, seen), new StepId(InventedSchool.Number(400 + number)));
        return change switch
        {
            nameof(StaffPlans.ChangeGoalAsync) => plans.ChangeGoalAsync(caller, request, new InPersonGoal("Choir", "The hall"), Cancellation),
            nameof(StaffPlans.WriteSectionAsync) => plans.WriteSectionAsync(caller, request, new PlanSection(Part, "What helps", "A seat by the door."), Cancellation),
            nameof(StaffPlans.RemoveSectionAsync) => plans.RemoveSectionAsync(caller, request, Part, Cancellation),
            nameof(StaffPlans.MarkConfidentialAsync) => plans.MarkConfidentialAsync(caller, request, Part, Cancellation),
            nameof(StaffPlans.OpenUpAsync) => plans.OpenUpAsync(caller, request, Part, Cancellation),
            nameof(StaffPlans.AddStepAsync) => plans.AddStepAsync(caller, request, NewStep(600, 5), Cancellation),
            nameof(StaffPlans.ChangeStepAsync) => plans.ChangeStepAsync(caller, request, NewStep(400 + number, 7), Cancellation),
            nameof(StaffPlans.RemoveStepAsync) => plans.RemoveStepAsync(caller, request, top, Cancellation),
            nameof(StaffPlans.SplitStepAsync) => plans.SplitStepAsync(caller, request, top, [NewStep(601, 4), NewStep(602, 5)], Cancellation),
            nameof(StaffPlans.ReorderStepsAsync) => plans.ReorderStepsAsync(
                caller, request, [new RatedStep(top, 2), new RatedStep(InventedSchool.Step(number), 5)], Cancellation),
            nameof(StaffPlans.ChangePeopleAsync) => plans.ChangePeopleAsync(
                caller, request, InventedSchool.Teacher.Who, InventedSchool.Sendco.Who, Cancellation),
            nameof(StaffPlans.StepUpAsync) => plans.StepUpAsync(caller, request, new SaidYes(AgreementManner.InPerson, ""), true, Cancellation),
            _ => plans.CloseAsync(caller, request, Cancellation),
        };
    }

    private static Step NewStep(int number, int rating) => new(
        new StepId(InventedSchool.Number(number)), "Meet the key adult", rating, Duration.FromMinutes(20), 1, "The library", "", new RobotUse(new CapabilitySet(Capability.See)));

    private static async Task PrepareAsync(InventedSchool school, string change, int number)
    {
        if (change is not (nameof(StaffPlans.RemoveSectionAsync) or nameof(StaffPlans.MarkConfidentialAsync) or nameof(StaffPlans.OpenUpAsync))) return;
        var part = new PlanSection(Part, "What helps", "A seat by the door.", isConfidential: change == nameof(StaffPlans.OpenUpAsync));
        Assert.False((await school.Plans.WriteSectionAsync(InventedSchool.Sendco, Change(number, 1), part, Cancellation)).IsRefused);
    }

    private static async Task<long> SeenAsync(InventedSchool school, int number) =>
        (await school.Plans.OpenAsync(InventedSchool.Sendco, InventedSchool.Plan(number), false, Cancellation)).Value.Read.Version;

    private static async Task AssignAsync(InventedSchool school, Caller caller, Role role, int number)
    {
        var act = new Act(InventedSchool.Administrator, InventedSchool.Morning);
        await using var work = await school.Records.BeginAsync(act.Who, act.At, [Claim.On(caller.Who)], Cancellation);
        work.Assignments.Add(new Assignment(
            new AssignmentId(Guid.NewGuid()), caller.Who, role, new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(number)), act.At, null, act));
        Assert.Null(await work.CommitAsync(Cancellation));
    }

    private static async Task AddCardAsync(InventedSchool school, PupilId pupil, string name)
    {
        await using var work = await school.Records.BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(pupil)], Cancellation);
        work.PupilCards.Add(new PupilCard(pupil, new PersonalText(name), new LocalDate(2013, 5, 4), []));
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

public sealed class PlanRightsOnSqliteTests() : PlanRightsContract(TestDatabase.Sqlite);

public sealed class PlanRightsOnPostgresTests() : PlanRightsContract(TestDatabase.Postgres);

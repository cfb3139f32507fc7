using AV1Relay.Application.Asking;
using AV1Relay.Application.Safeguarding;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application.Safeguarding;

/// <summary>A concern is handed over to the school's own system, by anybody, and only that it was raised is kept (domain rule 10).</summary>
public abstract class StaffConcernsContract(TestDatabase database)
{
    private readonly FakeTimeProvider _time = new(InventedSchool.Morning.ToDateTimeOffset());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_may_and_is_led_to_the_schools_own_system()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, concerns) = await OpenAsync(storage);
        await using (var work = await school.Records.BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Id)], Cancellation))
        {
            var kept = await work.Schools.FindAsync(InventedSchool.Id, Cancellation);
            work.Schools.Replace(kept!, SchoolCard.Enter(
                InventedSchool.Id, "Invented School", "Europe/London", new LocalTime(12, 30), ConcernRoute.Create("dsl@school.example").Value,
                new Act(InventedSchool.Administrator, InventedSchool.Morning)).Value);
            Assert.Null(await work.CommitAsync(Cancellation));
        }

        Assert.Equal(
            "Administrator Psychologist Sendco KeyAdult Teacher Technician Parent External OtherKeyAdult OtherParent SendcoElsewhere",
            await EveryRole.WhoMayAsync(who => RaiseAsync(concerns, who)));
        Assert.Equal("mailto:dsl@school.example", (await RaiseAsync(concerns, InventedSchool.Teacher)).Value.Target?.OriginalString);
    }

    [Fact]
    public async Task Where_the_school_has_set_nothing_the_person_is_told_to_speak_to_somebody()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (_, concerns) = await OpenAsync(storage);

        var handOver = (await RaiseAsync(concerns, InventedSchool.Parent)).Value;

        Assert.Null(handOver.Target);
        Assert.Contains("designated safeguarding lead in person", handOver.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_kept_once_with_the_plan_of_who_may_read_it_and_without_for_others()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, concerns) = await OpenAsync(storage);
        var id = new ConcernId(InventedSchool.Number(7500));

        for (var times = 0; times < 2; times++) await RaiseAsync(concerns, InventedSchool.KeyAdult, id);
        Assert.Equal(("safeguarding.concern-raised", $"plan {InventedSchool.Plan(1)}", ""), await AuditedAsync(storage));
        Assert.Null((await RaiseAsync(concerns, InventedSchool.Teacher)).Value.Raised.Plan);
        Assert.Equal(("safeguarding.concern-raised", $"school {InventedSchool.Id}", ""), await AuditedAsync(storage));

        await using var work = await school.Records.BeginAsync(InventedSchool.Administrator, InventedSchool.Morning, [], Cancellation);
        var kept = Assert.Single(await work.Concerns.OfPupilAsync(InventedSchool.Pupil(1), Cancellation)).Value;
        Assert.Equal((InventedSchool.KeyAdult.Who, (PlanId?)InventedSchool.Plan(1)), (kept.ByPerson, kept.Plan));
    }

    [Fact]
    public async Task About_a_plan_it_goes_to_that_plans_school_whichever_was_looked_at()
    {
        await using var storage = await TemporaryRelayStorage.CreateAsync(database);
        var (school, concerns) = await OpenAsync(storage);
        await school.KeepAsync(work => work.Assignments.Add(new Assignment(
            new AssignmentId(Guid.NewGuid()), InventedSchool.SendcoElsewhere.Who, Role.EducationalPsychologist, new AccessScope.OneSchool(InventedSchool.Id),
            InventedSchool.Morning - Duration.FromDays(1), null, new Act(InventedSchool.Administrator, InventedSchool.Morning))));

        var raised = await concerns.RaiseAsync(
            InventedSchool.SendcoElsewhere, new ConcernId(Guid.NewGuid()), InventedSchool.ElsewhereId, InventedSchool.Plan(1), Cancellation);

        Assert.Equal(InventedSchool.Plan(1), raised.Value.Raised.Plan);
        Assert.Equal(("safeguarding.concern-raised", $"plan {InventedSchool.Plan(1)}", ""), await AuditedAsync(storage));
    }

    private async Task<(InventedSchool School, StaffConcerns Concerns)> OpenAsync(TemporaryRelayStorage storage)
    {
        var school = await EveryRole.OpenAsync(storage.Get<IRecords>(), _time);
        return (school, new StaffConcerns(new Desk(school.Records, _time)));
    }

    private static Task<Outcome<HandOver>> RaiseAsync(StaffConcerns concerns, Caller caller, ConcernId? id = null) =>
        concerns.RaiseAsync(caller, id ?? new ConcernId(Guid.NewGuid()), InventedSchool.Id, InventedSchool.Plan(1), Cancellation);

    private static async Task<(string What, string Subject, string Detail)> AuditedAsync(TemporaryRelayStorage storage)
    {
        var entry = await storage.LastAuditedAsync();
        return (entry.What, entry.Subject, entry.Detail);
    }
}

public sealed class StaffConcernsOnSqliteTests() : StaffConcernsContract(TestDatabase.Sqlite);

public sealed class StaffConcernsOnPostgresTests() : StaffConcernsContract(TestDatabase.Postgres);

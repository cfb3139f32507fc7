using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using AV1Relay.Storage;
using AV1Relay.Storage.Audit;
using AV1Relay.Tests.Unit.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit;

namespace AV1Relay.Tests.Unit.Application;

/// <summary>One person of each role at the invented school, with the same roles at another plan and another school: who of them may do something.</summary>
internal static class EveryRole
{
    public static readonly Caller External = new(new PersonId(InventedSchool.Number(70)));
    public static readonly Caller OtherKeyAdult = new(new PersonId(InventedSchool.Number(71))); // of the second pupil's plan alone
    public static readonly Caller OtherParent = new(new PersonId(InventedSchool.Number(72)));

    private static readonly (string Name, Caller Caller)[] Everybody =
    [
        ("Administrator", new Caller(InventedSchool.Administrator)), ("Psychologist", InventedSchool.Psychologist), ("Sendco", InventedSchool.Sendco),
        ("KeyAdult", InventedSchool.KeyAdult), ("Teacher", InventedSchool.Teacher), ("Technician", InventedSchool.Technician),
        ("Parent", InventedSchool.Parent), ("External", External), ("OtherKeyAdult", OtherKeyAdult), ("OtherParent", OtherParent),
        ("SendcoElsewhere", InventedSchool.SendcoElsewhere),
    ];

    public static IReadOnlyList<(string Name, Caller Caller)> All => Everybody;

    public static async Task<InventedSchool> OpenAsync(IRecords records, TimeProvider time)
    {
        var school = await InventedSchool.OpenAsync(records, time);
        await school.KeepAsync(work =>
        {
            var (all, first, second) = (
                new AccessScope.OneSchool(InventedSchool.Id), new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(1)),
                new AccessScope.OnePlan(InventedSchool.Id, InventedSchool.Plan(2)));
            (Caller Who, Role Role, AccessScope Scope)[] more =
            [
                (new Caller(InventedSchool.Administrator), Role.Administrator, all), (External, Role.ExternalProfessional, first),
                (OtherKeyAdult, Role.KeyAdult, second), (OtherParent, Role.Parent, second),
            ];
            foreach (var (who, role, scope) in more)
            {
                work.Assignments.Add(new Assignment(
                    new AssignmentId(Guid.NewGuid()), who.Who, role, scope, InventedSchool.Morning - Duration.FromDays(1),
                    InventedSchool.Morning + Duration.FromDays(30), new Act(InventedSchool.Sendco.Who, InventedSchool.Morning)));
            }
        });
        return school;
    }

    /// <summary>Those who are not turned away, whatever else stands against it.</summary>
    public static async Task<string> WhoMayAsync<T>(Func<Caller, Task<Outcome<T>>> ask)
        where T : class
    {
        List<string> may = [];
        foreach (var (name, caller) in Everybody)
        {
            if (!(await ask(caller)).Refusals.Any(refusal => refusal.Code.StartsWith("access.", StringComparison.Ordinal))) may.Add(name);
        }

        return string.Join(' ', may);
    }

    public static async Task KeepAsync(this InventedSchool school, Action<IWork> add)
    {
        await using var work = await school.Records.BeginAsync(
            InventedSchool.Administrator, InventedSchool.Morning, [Claim.On(InventedSchool.Pupil(1))], CancellationToken.None);
        add(work);
        Assert.Null(await work.CommitAsync(CancellationToken.None));
    }

    public static async Task<AuditRow> LastAuditedAsync(this TemporaryRelayStorage storage)
    {
        await using var context = await storage.Get<IDbContextFactory<RelayDbContext>>().CreateDbContextAsync(CancellationToken.None);
        return await context.Audit.OrderBy(row => row.Number).LastAsync(CancellationToken.None);
    }

    public static IEnumerable<string> Codes<T>(this Outcome<T> outcome)
        where T : class => outcome.Refusals.Select(refusal => refusal.Code);
}

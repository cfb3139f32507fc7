using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary>Gives roles without asking for a right: who runs this owns the data folder, and with it everything.</summary>
internal static class RoleGiving
{
    /// <summary>Nobody's id. Which account ran the command stands in the audit.</summary>
    private static readonly PersonId CommandLine = new(Guid.Empty);

    /// <param name="why">Kept with the role, not in the audit: it may name somebody.</param>
    /// <exception cref="CommandException">It can't be given; in words.</exception>
    public static async Task GiveAsync(
        RelayData relay, PersonId person, Role role, AccessScope scope, string why, CancellationToken cancellationToken)
    {
        var now = relay.Clock.Wall;
        await using var work = await relay.Get<IRecords>().BeginAsync(CommandLine, now, [Claim.On(person)], cancellationToken);
        work.Assignments.Add(new Assignment(new AssignmentId(Guid.NewGuid()), person, role, scope, now, null, new Act(CommandLine, now, why)));
        var (slug, reach) = scope switch
        {
            AccessScope.OneSchool(var school) => (AuditedOperations.Find(Operation.AssignSchoolRole), $"school {school}"),
            AccessScope.OnePlan(_, var plan) => (AuditedOperations.Find(Operation.AssignPlanRole), $"plan {plan}"),
            _ => (AuditedOperations.Find(Operation.AssignAuthorityRole), "the whole authority"),
        };
        work.Record(new AuditEntry(now, RelayData.Actor, slug!.Value, $"person {person}", $"{role} of {reach}")); // giving a role is audited always
        if (await work.CommitAsync(cancellationToken) is { } conflict) throw new CommandException(conflict.ToString());
    }
}

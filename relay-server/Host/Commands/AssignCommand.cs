using System.CommandLine;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server assign</c>: gives a role, for whoever sets an installation up.</summary>
internal static class AssignCommand
{
    // Those that end by themselves are given on the pages, where their end is asked for.
    private static readonly Dictionary<string, Role> Roles = new()
    {
        ["administrator"] = Role.Administrator,
        ["educational-psychologist"] = Role.EducationalPsychologist,
        ["sendco"] = Role.Sendco,
        ["key-adult"] = Role.KeyAdult,
        ["teacher"] = Role.Teacher,
        ["technician"] = Role.Technician,
        ["parent"] = Role.Parent,
    };

    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var person = PersonOptions.Id("--person", "Who; without: somebody new, whose id is printed.");
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", Roles.Keys)}.", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.Keys]);
        var school = PersonOptions.Id("--school", "At this school alone.");
        var plan = PersonOptions.Id("--plan", "For the pupil of this plan alone: key adults and parents.");
        var command = new Command("assign", "Give somebody a role; without --school or --plan in the whole authority. Prints their id.") { data, person, role, school, plan };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var who = result.GetResult(person) is null ? new PersonId(Guid.NewGuid()) : new PersonId(result.GetValue(person));
            var scope = await ScopeAsync(
                relay,
                result.GetResult(school) is null ? null : new SchoolId(result.GetValue(school)),
                result.GetResult(plan) is null ? null : new PlanId(result.GetValue(plan)),
                cancellationToken);
            var given = Roles[result.GetRequiredValue(role)];
            if (!Assignment.Fits(given, scope))
                throw new CommandException($"{result.GetRequiredValue(role)} is not given there: key adults and parents with --plan, other roles with --school, administrators and technicians also without.");
            await RoleGiving.GiveAsync(relay, who, given, scope, "Given from the command line.", cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync(who.ToString());
            return 0;
        });
        return command;
    }

    private static async Task<AccessScope> ScopeAsync(RelayData relay, SchoolId? school, PlanId? plan, CancellationToken cancellationToken)
    {
        await using var work = await relay.Get<IRecords>().BeginAsync(new PersonId(Guid.Empty), relay.Clock.Wall, [], cancellationToken);
        if (plan is { } planId)
        {
            var kept = await work.Plans.FindAsync(planId, cancellationToken) ?? throw new CommandException($"There is no plan {planId}: look at --plan.");
            return school is null || school == kept.Value.School
                ? new AccessScope.OnePlan(kept.Value.School, planId)
                : throw new CommandException("The plan is another school's: leave --school out.");
        }

        if (school is not { } schoolId) return new AccessScope.WholeAuthority();
        return await work.Schools.FindAsync(schoolId, cancellationToken) is not null
            ? new AccessScope.OneSchool(schoolId)
            : throw new CommandException($"There is no school {schoolId}: look at --school.");
    }
}

using System.CommandLine;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server people</c>: who has which role, for whoever invites them.</summary>
internal static class PeopleCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("people", "List who has which role at which school.") { data, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await RelayData.OpenAsync(SharedOptions.Existing(result.GetRequiredValue(data)), time, cancellationToken);
            var output = result.InvocationConfiguration.Output;
            var people = await ListAsync(relay, cancellationToken);
            await relay.RecordAsync("roles.read", "the whole authority", "", cancellationToken);
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(Report.ToLine(new { people }));
                return 0;
            }

            foreach (var person in people) await output.WriteLineAsync($"{person.Id}  {person.Role,-24} {person.School}{(person.Name is null ? "" : $"  {person.Name}")}");
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Person>> ListAsync(RelayData relay, CancellationToken cancellationToken)
    {
        var now = relay.Clock.Wall;
        await using var work = await relay.Get<IRecords>().BeginAsync(new PersonId(Guid.Empty), now, [], cancellationToken);
        List<Person> people = [];
        foreach (var (school, _, _, _) in await work.Schools.AllAsync(cancellationToken))
        {
            foreach (var (assignment, _, _, _) in await work.Assignments.OfSchoolAsync(school.Id, cancellationToken))
            {
                if (assignment.StandingAt(now) != AssignmentStanding.InForce || assignment.Scope is AccessScope.RoomOnDay) continue;
                var card = await work.PersonCards.FindAsync(assignment.Who, cancellationToken);
                people.Add(new Person(assignment.Who.ToString(), assignment.Role.ToString(), school.Name, card?.Value.PreferredName.Text));
            }
        }

        return people;
    }

    private sealed record Person(string Id, string Role, string School, string? Name);
}

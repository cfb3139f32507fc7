using System.CommandLine;
using AV1Relay.Api.Tokens;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server api-token</c>: another system's token, with which it acts for one person.</summary>
internal static class ApiTokenCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var person = PersonOptions.Id("--person", "For whom the other system acts: it may what this person may.");
        person.Required = true;
        var ttl = SharedOptions.Ttl("How long the token is good, up to 24h.", TimeSpan.FromHours(8));
        ttl.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() > PersonTokens.Longest)
                result.AddError("--ttl is 24h at most: a token can't be taken back.");
        });
        var json = SharedOptions.Json();
        var command = new Command("api-token", "Print a bearer token for the gRPC services Plans, Schedule and Fleet.") { data, person, ttl, json };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(data), new PersonId(result.GetRequiredValue(person)), result.GetValue(ttl), result.GetValue(json),
            result.InvocationConfiguration.Output, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, PersonId person, TimeSpan ttl, bool json, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var data = await SharedOptions.OpenAsync(path, time, cancellationToken);
        var start = data.Clock.Wall;
        await using (var work = await data.Get<IRecords>().BeginAsync(person, start, [], cancellationToken))
        {
            if ((await work.Assignments.OfPersonAsync(person, cancellationToken)).Count == 0)
                throw new CommandException($"{person} has no role here: look at the id, or give them one with relay-server assign.");
        }

        var end = start + Duration.FromTimeSpan(ttl);
        var issued = data.Get<PersonTokens>().Issue(person, start.ToDateTimeOffset(), end.ToDateTimeOffset());
        await data.RecordAsync("api_token.issued", $"person {person}", $"until {end}, token {issued.Id}", cancellationToken);
        await output.WriteLineAsync(json
            ? Report.ToLine(new { person = person.Value, token = issued.Value, expiresAt = end.ToDateTimeOffset() })
            : issued.Value);
        return 0;
    }
}

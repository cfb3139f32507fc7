using System.CommandLine;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.RelayServer.Data;
using NodaTime;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server school add|change|list</c>: the schools of the authority. Their terms, rooms and people are entered on the pages.</summary>
internal static class SchoolCommand
{
    private static readonly PersonId CommandLine = new(Guid.Empty);
    private static readonly LocalTime Noon = new(12, 30); // when the second half of the day begins, in the register

    public static Command Create(TimeProvider time) => new("school", "The schools of the authority.") { Add(time), Change(time), List(time) };

    private static Command Add(TimeProvider time)
    {
        var data = SharedOptions.Data(isMade: true);
        var name = new Option<string>("--name") { Description = "What the school is called.", HelpName = "NAME", Required = true };
        var (zone, concerns) = (Zone(), ConcernsTo());
        var command = new Command("add", "Enter a school, and print its id.") { data, name, zone, concerns };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await RelayData.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var id = new SchoolId(Guid.NewGuid());
            var card = SharedOptions.Done(SchoolCard.Enter(
                id, result.GetRequiredValue(name), result.GetValue(zone) ?? "Europe/London", Noon, Route(result.GetValue(concerns)), new Act(CommandLine, relay.Clock.Wall)));
            await KeepAsync(relay, id, (work, _) => work.Schools.Add(card), "school.entered", cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{id}");
            return 0;
        });
        return command;
    }

    private static Command Change(TimeProvider time)
    {
        var (data, school, zone, concerns) = (SharedOptions.Data(), PersonOptions.Id("--school", "Which school, as list names it."), Zone(), ConcernsTo());
        var name = new Option<string?>("--name") { Description = "What the school is called from now on.", HelpName = "NAME" };
        var command = new Command("change", "Change what is said about a school; what is left out stays.") { data, school, name, zone, concerns };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var id = new SchoolId(result.GetRequiredValue(school));
            var act = new Act(CommandLine, relay.Clock.Wall);
            await KeepAsync(
                relay, id,
                (work, kept) =>
                {
                    var there = kept?.Value ?? throw new CommandException($"There is no school {id}: relay-server school list shows them.");
                    var route = result.GetValue(concerns) is { } typed ? Route(typed) : there.ConcernsTo;
                    var changed = SharedOptions.Done(SchoolCard.Enter(
                        id, result.GetValue(name) ?? there.Name, result.GetValue(zone) ?? there.ZoneId, there.AfternoonStarts, route, act));
                    work.Schools.Replace(kept, changed with { NamesOutside = there.NamesOutside });
                },
                "school.changed", cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var command = new Command("list", "The schools, by name.") { data, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            await using var work = await relay.Get<IRecords>().BeginAsync(CommandLine, relay.Clock.Wall, [], cancellationToken);
            var schools = (await work.Schools.AllAsync(cancellationToken)).Select(kept => kept.Value).OrderBy(school => school.Name, StringComparer.Ordinal).ToList();
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                await output.WriteLineAsync(Report.ToLine(new
                {
                    schools = schools.Select(school => new { id = $"{school.Id}", name = school.Name, zone = school.ZoneId, concernsTo = school.ConcernsTo?.Target.ToString() }),
                }));
                return 0;
            }

            foreach (var school in schools)
                await output.WriteLineAsync($"{school.Id}  {school.Name}  {(school.ConcernsTo is { } route ? $"concerns to {route.Target}" : "nobody has said where concerns go")}");
            return 0;
        });
        return command;
    }

    private static async Task KeepAsync(
        RelayData relay, SchoolId id, Action<IWork, Kept<SchoolCard>?> change, string what, CancellationToken cancellationToken)
    {
        await using var work = await relay.Get<IRecords>().BeginAsync(CommandLine, relay.Clock.Wall, [Claim.On(id)], cancellationToken);
        change(work, await work.Schools.FindAsync(id, cancellationToken));
        work.Record(new AuditEntry(relay.Clock.Wall, RelayData.Actor, what, $"school {id}", ""));
        if (await work.CommitAsync(cancellationToken) is { } conflict) throw new CommandException(conflict.ToString());
    }

    private static ConcernRoute? Route(string? typed) => typed is null ? null : SharedOptions.Done(ConcernRoute.Create(typed));

    private static Option<string?> Zone() => new("--zone") { Description = "Its time zone, where it is not Europe/London.", HelpName = "ZONE" };

    private static Option<string?> ConcernsTo() => new("--concerns-to")
    {
        Description = "Where safeguarding concerns are handed over: an https link to the school's own system, or an e-mail address.",
        HelpName = "LINK",
    };
}

using System.CommandLine;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server administrator</c>: somebody has to be there first, who gives all others their roles.</summary>
internal static class AdministratorCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var name = new Option<string>("--name") { Description = "Who it is; kept beside the role, for other administrators.", HelpName = "NAME", Required = true };
        var command = new Command("administrator", "Make a new person administrator of the whole authority, and print their id.") { data, name };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await SharedOptions.OpenAsync(result.GetRequiredValue(data), time, cancellationToken);
            var person = new PersonId(Guid.NewGuid());
            await RoleGiving.GiveAsync(
                relay, person, Role.Administrator, new AccessScope.WholeAuthority(), $"Made from the command line: {result.GetRequiredValue(name)}", cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync(person.ToString());
            return 0;
        });
        return command;
    }
}

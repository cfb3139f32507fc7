using System.CommandLine;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.RelayServer.Data;
using AV1Relay.StaffConsole.SignIn;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace AV1Relay.RelayServer.Commands;

/// <summary><c>relay-server invite</c>: a link with which a person chooses how to sign in to the staff's pages.</summary>
internal static class InviteCommand
{
    private static readonly PersonId CommandLine = new(Guid.Empty);

    public static Command Create(TimeProvider time)
    {
        var data = SharedOptions.Data();
        var person = PersonOptions.Id("--person", "Whom, as `administrator` or `assign` name them.");
        person.Required = true;
        var email = new Option<string>("--email") { Description = "What they will sign in with.", HelpName = "ADDRESS", Required = true };
        var name = new Option<string?>("--name") { Description = "What they want to be called; shown on the pages.", HelpName = "NAME" };
        var command = new Command("invite", "Print a link with which a person chooses how to sign in; also when a password is forgotten.") { data, person, email, name };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var relay = await RelayData.OpenAsync(SharedOptions.Existing(result.GetRequiredValue(data)), time, cancellationToken);
            var who = new PersonId(result.GetRequiredValue(person));
            var address = result.GetRequiredValue(email);
            if (result.GetValue(name) is { } called) await KeepCardAsync(relay, who, called, address, cancellationToken);
            await using var scope = relay.Services.CreateAsyncScope();
            string path;
            try
            {
                path = await StaffAccounts.InviteAsync(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), who, address);
            }
            catch (ArgumentException problem)
            {
                throw new CommandException($"{problem.Message} Give another --email.");
            }

            await relay.RecordAsync(AuditSlugs.AccountInvited.Value, $"person {who}", "", cancellationToken);
            var addresses = await relay.Get<IRelayAddresses>().FindAsync(cancellationToken);
            await result.InvocationConfiguration.Output.WriteLineAsync($"{addresses?.PageUrls[0] ?? "http://127.0.0.1:8080"}{path}");
            return 0;
        });
        return command;
    }

    private static async Task KeepCardAsync(RelayData relay, PersonId who, string name, string email, CancellationToken cancellationToken)
    {
        await using var work = await relay.Get<IRecords>().BeginAsync(CommandLine, relay.Clock.Wall, [Claim.On(who)], cancellationToken);
        var kept = await work.PersonCards.FindAsync(who, cancellationToken);
        var card = new PersonCard(who, new PersonalText(name), kept?.Value.Phone, new PersonalText(email));
        if (kept is null) work.PersonCards.Add(card);
        else work.PersonCards.Replace(kept, card);
        if (await work.CommitAsync(cancellationToken) is { } conflict) throw new CommandException(conflict.ToString());
    }
}

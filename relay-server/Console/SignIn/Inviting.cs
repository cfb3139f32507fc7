using AV1Relay.Application.Asking;
using AV1Relay.Application.People;
using AV1Relay.Domain.Addresses;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using AV1Relay.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace AV1Relay.StaffConsole.SignIn;

/// <summary>Makes out an invitation on a page, for somebody whom the person who asks may invite.</summary>
internal sealed class Inviting(StaffInvitations invitations, UserManager<Account> accounts, IRelayAddresses addresses)
{
    public async Task<Outcome<Invitation>> InviteAsync(
        Caller caller, SchoolId school, PersonId who, string? email, CancellationToken cancellationToken)
    {
        var permitted = await invitations.PermitAsync(caller, school, who, email, address => StaffAccounts.IsTakenAsync(accounts, who, address), cancellationToken);
        if (!permitted.TryGet(out var card, out var refusals))
            return Outcome.Refused<Invitation>(refusals);
        try
        {
            var path = await StaffAccounts.InviteAsync(accounts, who, card.Email!.Text); // without an address it would have been refused
            // As others reach the relay: not by what this request says, which its sender could have made up.
            return new Invitation($"{(await addresses.FindAsync(cancellationToken))?.PageUrls[0]}{path}");
        }
        catch (ArgumentException problem)
        {
            return new Refusal(StaffInvitations.EmailTaken.Code, problem.Message, StaffInvitations.EmailTaken.NextStep);
        }
    }
}

/// <param name="Link">A secret: whoever opens it first chooses how this person signs in.</param>
public sealed record Invitation(string Link)
{
    public override string ToString() => nameof(Invitation);
}

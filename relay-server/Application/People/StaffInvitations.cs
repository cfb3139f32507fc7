using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.People;

/// <summary>Whether somebody may be invited, and with which address. The link itself is made out by whoever keeps the accounts.</summary>
public sealed class StaffInvitations
{
    private readonly Desk _desk;

    internal StaffInvitations(Desk desk) => _desk = desk;

    /// <summary>Keeps the address on the person's card, and notes that they are invited.</summary>
    /// <param name="email">What they will sign in with.</param>
    /// <param name="isTaken">Whether somebody else signs in with an address.</param>
    public Task<Outcome<PersonCard>> PermitAsync(
        Caller caller, SchoolId school, PersonId who, string? email, Func<string, Task<bool>> isTaken, CancellationToken cancellationToken) =>
        _desk.ChangeAsync<Kept<PersonCard>, PersonCard>(
            caller, Operation.ChangePeople, "", [Claim.On(who)],
            async work =>
            {
                if (await work.Schools.FindAsync(school, cancellationToken) is not { Value: var there }) return null;
                var today = _desk.Now.InZone(there.Zone()).Date;
                return await work.IsKnownAtAsync(who, school, today, cancellationToken) && await work.PersonCards.FindAsync(who, cancellationToken) is { } kept
                    ? new Asked<Kept<PersonCard>>(kept, AccessSubject.OfSchool(school), AuditSubjects.OfPersonAt(who, school))
                    : null;
            },
            async (work, kept, act) =>
            {
                var mine = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                if (Invitations.WhyNot(mine, who, await work.Assignments.OfPersonAsync(who, cancellationToken), act) is { } refusal) return refusal;
                if (string.IsNullOrWhiteSpace(email)) return NoAddress;
                var before = kept.Value;
                if (!PersonCard.Enter(who, before.PreferredName.Text, before.Phone?.Text, email).TryGet(out var card, out var refusals))
                    return Outcome.Refused<Done<PersonCard>>(refusals);
                if (await isTaken(card.Email!.Text)) return EmailTaken; // one was typed
                if (card != before) work.PersonCards.Replace(kept, card);
                return new Done<PersonCard>(card) { Slug = AuditSlugs.AccountInvited };
            },
            cancellationToken);

    public static Refusal EmailTaken { get; } = new(
        "account.email-taken", "Somebody else signs in with this e-mail address.", "Enter another e-mail address: the person's own.");

    private static readonly Refusal NoAddress = new(
        "account.email-missing", "There is no e-mail address to sign in with.", "Enter the person's own address: nobody else's.");
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>Who may invite whom: whoever holds an invitation can open the account, and with it has every role of that person.</summary>
/// <remarks>
/// Always true: nobody is invited by somebody who could not have given them their roles, so that no SENDCo comes in as the administrator. Roles at a
/// plan are the exception: who looks after the people of its school may invite them, since somebody has to when a phone is lost.
/// </remarks>
public static class Invitations
{
    /// <param name="inviter">All assignments of who invites.</param>
    /// <param name="invited">All assignments of whom they invite.</param>
    /// <returns>Null: they may.</returns>
    public static Refusal? WhyNot(IReadOnlyCollection<Assignment> inviter, PersonId who, IReadOnlyCollection<Assignment> invited, Act act)
    {
        ArgumentNullException.ThrowIfNull(invited);
        ArgumentNullException.ThrowIfNull(act);
        if (who == act.Who) return AccessRefusals.OwnInvitation;
        var standing = invited.Where(role => role.Scope is not AccessScope.RoomOnDay && role.StandingAt(act.At) is not AssignmentStanding.Ended).ToList();
        if (standing.Count == 0) return AccessRefusals.NoRoleYet;
        return standing.All(role => MayGive(inviter, role.Scope, act.At)) ? null : AccessRefusals.RolesBeyondYours;
    }

    private static bool MayGive(IReadOnlyCollection<Assignment> inviter, AccessScope scope, Instant now) => !(scope switch
    {
        AccessScope.OneSchool(var school) => AccessPolicy.Check(inviter, Operation.AssignSchoolRole, AccessSubject.OfSchool(school), now),
        AccessScope.OnePlan(var school, _) => AccessPolicy.Check(inviter, Operation.ChangePeople, AccessSubject.OfSchool(school), now),
        _ => AccessPolicy.Check(inviter, Operation.AssignAuthorityRole, AccessSubject.Authority, now),
    }).IsRefused;
}

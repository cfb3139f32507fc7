using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>Giving and ending of roles: who may, and that nobody lifts themselves up by it.</summary>
public static class RoleChanges
{
    /// <param name="giver">All assignments of who gives it: <see cref="Assignment.Given"/> of the proposed one.</param>
    /// <param name="proposed">What is to be given.</param>
    /// <param name="longestExternalAccess">A setting of the authority.</param>
    /// <exception cref="ArgumentException">The giver's assignments are another's, or the proposed one has been ended.</exception>
    public static Outcome<Assignment> Give(IReadOnlyCollection<Assignment> giver, Assignment proposed, Duration longestExternalAccess)
    {
        ArgumentNullException.ThrowIfNull(giver);
        ArgumentNullException.ThrowIfNull(proposed);
        if (giver.Any(assignment => assignment.Who != proposed.Given.Who))
            throw new ArgumentException("These are not the assignments of who gives it.", nameof(giver));
        if (proposed.Ended is not null) throw new ArgumentException("It has been ended before it was given.", nameof(proposed));

        var (operation, _, subject) = ChangesOf(proposed.Scope);
        List<Refusal> refusals = [.. AccessPolicy.Check(giver, operation, subject, proposed.Given.At).Refusals];
        if (proposed.Who == proposed.Given.Who && !OpensNothingNew(proposed.Role)) refusals.Add(AccessRefusals.OwnRights);
        if (proposed.Until <= proposed.Given.At) refusals.Add(AccessRefusals.OverAlready);
        if (proposed.Role is Role.ExternalProfessional && proposed.Until - proposed.From > longestExternalAccess)
            refusals.Add(AccessRefusals.TooLong);
        return refusals.Count == 0 ? proposed : Outcome.Refused<Assignment>(refusals);
    }

    /// <summary>Null, unless the person has just this role already: a second one would have to be ended twice.</summary>
    public static Refusal? WhyNotAgain(IEnumerable<Assignment> theirs, Assignment proposed)
    {
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(proposed);
        return theirs.Any(role => role.Role == proposed.Role && role.Scope == proposed.Scope && role.StandingAt(proposed.Given.At) is not AssignmentStanding.Ended)
            ? AccessRefusals.HasAlready
            : null;
    }

    /// <summary>Anybody may give up what is their own.</summary>
    /// <param name="ender">All assignments of who ends it.</param>
    /// <param name="assignment">Which one.</param>
    /// <param name="act">Who ends it, when and why.</param>
    /// <exception cref="ArgumentException">The ender's assignments are another's.</exception>
    public static Outcome<Assignment> End(IReadOnlyCollection<Assignment> ender, Assignment assignment, Act act)
    {
        ArgumentNullException.ThrowIfNull(ender);
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(act);
        if (ender.Any(own => own.Who != act.Who)) throw new ArgumentException("These are not the assignments of who ends it.", nameof(ender));
        if (assignment.Who == act.Who) return assignment.End(act);

        var (_, operation, subject) = ChangesOf(assignment.Scope);
        return AccessPolicy.Check(ender, operation, subject, act.At).TryGet(out _, out var refusals)
            ? assignment.End(act)
            : Outcome.Refused<Assignment>(refusals);
    }

    /// <summary>The SENDCo reads and changes the plan anyway, and in a small school is often the pupil's key adult as well.</summary>
    private static bool OpensNothingNew(Role role) => role is Role.KeyAdult;

    private static (Operation Give, Operation End, AccessSubject Subject) ChangesOf(AccessScope scope) => scope switch
    {
        AccessScope.WholeAuthority => (Operation.AssignAuthorityRole, Operation.RevokeAuthorityRole, AccessSubject.Authority),
        AccessScope.OneSchool(var school) => (Operation.AssignSchoolRole, Operation.RevokeSchoolRole, AccessSubject.OfSchool(school)),
        AccessScope.OnePlan(var school, var plan) =>
            (Operation.AssignPlanRole, Operation.RevokePlanRole, AccessSubject.OfPlan(school, plan)),
        AccessScope.RoomOnDay(var school, var room, var date) =>
            (Operation.IssueRoomLink, Operation.EndRoomLink, AccessSubject.OfRoom(school, room, date)),
        _ => throw new ArgumentException("No such scope.", nameof(scope)),
    };
}

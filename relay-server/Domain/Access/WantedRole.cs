using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>A role as somebody asks to give it: what can't be an <see cref="Assignment"/> is refused in words.</summary>
/// <param name="Until">The first moment at which it is over; null: until somebody ends it.</param>
public sealed record WantedRole(AssignmentId Id, PersonId Who, Role Role, AccessScope Scope, Instant? Until, Mandate Mandate = Mandate.None)
{
    /// <summary>In force from now on. Whether this person may give it is asked of <see cref="RoleChanges"/>.</summary>
    public Outcome<Assignment> From(Act given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (!Assignment.Fits(Role, Scope) || !Assignment.Fits(Role, Mandate)) return AccessRefusals.RoleElsewhere;
        if (Role is Role.ExternalProfessional && Until is null) return AccessRefusals.NoEnd;
        if (Until <= given.At) return AccessRefusals.OverAlready;
        return new Assignment(Id, Who, Role, Scope, given.At, Until, given, Mandate);
    }
}

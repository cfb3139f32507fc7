using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>One person has one role, in one scope, for a time.</summary>
/// <remarks>
/// Always true: the role fits the scope (<see cref="Fits(Role, AccessScope)"/>) and the mandate fits the role; it ends after it begins; an
/// external professional's has an end (domain rule 9); a room link's lasts a day; once ended early it stays ended, and what was given first is
/// kept beside that.
/// </remarks>
public sealed record Assignment
{
    /// <summary>A day with the hour that comes twice in autumn.</summary>
    private static readonly Duration LongestDay = Duration.FromHours(25);

    /// <param name="id">Names it.</param>
    /// <param name="who">Who has it; of a room link, the link's own id.</param>
    /// <param name="role">In what capacity.</param>
    /// <param name="scope">How far it reaches.</param>
    /// <param name="from">The first moment at which it is in force.</param>
    /// <param name="until">The first moment at which it no longer is; null: until it is ended.</param>
    /// <param name="given">Who gave it, when and why.</param>
    /// <param name="mandate">What it adds to the role.</param>
    /// <param name="ended">Who ended it before its time; null: nobody.</param>
    /// <exception cref="ArgumentException">Something that is always true would not be.</exception>
    public Assignment(
        AssignmentId id, PersonId who, Role role, AccessScope scope, Instant from, Instant? until, Act given, Mandate mandate = Mandate.None,
        Act? ended = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(given);
        if (!Fits(role, scope)) throw new ArgumentException($"The role {role} is not given for such a scope.", nameof(scope));
        if (!Fits(role, mandate)) throw new ArgumentException($"The role {role} has no such mandate.", nameof(mandate));
        if (until <= from) throw new ArgumentException("An assignment ends after it begins.", nameof(until));
        if (role is Role.ExternalProfessional && until is null)
            throw new ArgumentException("An external professional's access ends by itself.", nameof(until));
        if (scope is AccessScope.RoomOnDay && (until is not { } end || end - from > LongestDay))
            throw new ArgumentException("A room link lasts a day.", nameof(until));
        if (ended is not null && until <= ended.At) throw new ArgumentException("What has run out is not ended once more.", nameof(ended));
        (Id, Who, Role, Scope, From, Until, Given, Mandate, Ended) = (id, who, role, scope, from, until, given, mandate, ended);
    }

    public AssignmentId Id { get; }

    public PersonId Who { get; }

    public Role Role { get; }

    public AccessScope Scope { get; }

    public Instant From { get; }

    public Instant? Until { get; }

    public Act Given { get; }

    public Mandate Mandate { get; }

    public Act? Ended { get; }

    /// <summary>What the code on a robot's foot, or the link for the day, opens: one room, from midnight to midnight.</summary>
    /// <param name="id">Names the assignment.</param>
    /// <param name="link">Stands for whoever holds the link.</param>
    /// <param name="room">Which room, and on which day.</param>
    /// <param name="zone">The school's.</param>
    /// <param name="given">Who made the link, when and why.</param>
    /// <param name="until">When it is over before midnight; null, or later than that: at midnight.</param>
    public static Assignment RoomLink(AssignmentId id, PersonId link, AccessScope.RoomOnDay room, DateTimeZone zone, Act given, Instant? until = null)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(zone);
        var (from, midnight) = (zone.AtStartOfDay(room.Date).ToInstant(), zone.AtStartOfDay(room.Date.PlusDays(1)).ToInstant());
        return new(id, link, Role.Teacher, room, from, until < midnight ? until : midnight, given);
    }

    public static bool Fits(Role role, AccessScope scope) => scope switch
    {
        AccessScope.WholeAuthority => role is Role.Administrator or Role.Technician,
        AccessScope.OneSchool =>
            role is Role.Administrator or Role.Technician or Role.EducationalPsychologist or Role.Sendco or Role.Teacher,
        AccessScope.OnePlan => role is Role.KeyAdult or Role.Parent or Role.ExternalProfessional,
        AccessScope.RoomOnDay => role is Role.Teacher,
        _ => false,
    };

    public AssignmentStanding StandingAt(Instant now)
    {
        if (now >= Until || now >= Ended?.At)
            return AssignmentStanding.Ended;
        return now < From ? AssignmentStanding.NotBegun : AssignmentStanding.InForce;
    }

    /// <summary>Ends it at once. Whether this person may is asked of <see cref="RoleChanges"/>.</summary>
    public Outcome<Assignment> End(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (StandingAt(act.At) is AssignmentStanding.Ended) return AccessRefusals.AlreadyEnded;
        return new Assignment(Id, Who, Role, Scope, From, Until, Given, Mandate, act);
    }

    internal static bool Fits(Role role, Mandate mandate) => mandate switch
    {
        Mandate.None => true,
        Mandate.AgreesToReducedTimetables => role is Role.Sendco,
        Mandate.ReadsConfidentialParts => role is Role.ExternalProfessional,
        _ => false,
    };
}

public enum AssignmentStanding
{
    NotBegun,
    InForce,
    Ended,
}

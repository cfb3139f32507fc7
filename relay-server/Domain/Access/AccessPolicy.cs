using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>Decides whether a person may do something; every query and every change asks it first.</summary>
/// <remarks>
/// Always true: what <see cref="AccessTable"/> does not name is refused; and the words of a refusal depend on the person's own assignments, on the
/// operation and on the time, never on what was asked for, so that they tell nothing about whether a plan or a pupil exists.
/// </remarks>
public static class AccessPolicy
{
    /// <param name="assignments">All of one person's, whether in force or not.</param>
    /// <param name="operation">What they ask for.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="now">When they ask.</param>
    /// <exception cref="ArgumentException">The assignments are several people's, or the subject says less than the operation needs.</exception>
    public static Outcome<Permission> Check(
        IReadOnlyCollection<Assignment> assignments, Operation operation, AccessSubject subject, Instant now)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        ArgumentNullException.ThrowIfNull(subject);
        if (assignments.Select(assignment => assignment.Who).Distinct().Count() > 1)
            throw new ArgumentException("Rights of several people are never added up.", nameof(assignments));
        if (AccessTable.Find(operation) is not { } row) return AccessRefusals.UnknownOperation;
        if (!subject.Suffices(row.Reach))
            throw new ArgumentException($"{operation} has to be asked with more of what it is about: {row.Reach}.", nameof(subject));
        if (row.Reach is Reach.Anywhere) return new Permission(LeftOut.Nothing);

        var able = assignments.Where(assignment => row.RightOf(assignment) is not null).ToList();
        var inForce = able.Where(assignment => assignment.StandingAt(now) is AssignmentStanding.InForce).ToList();
        var reaching = inForce
            .Where(assignment => assignment.Scope.Covers(row.Reach, subject) && row.RightOf(assignment)?.Reaches(assignment, subject) is true)
            .ToList();
        if (reaching.Count > 0) return new Permission(LeftOutByAll(row, reaching));

        if (inForce.Count > 0) return AccessRefusals.OutOfReach;
        if (able.Any(assignment => assignment.StandingAt(now) is AssignmentStanding.NotBegun)) return AccessRefusals.NotBegun;
        if (able.Count > 0) return AccessRefusals.Ended;
        return AccessRefusals.NotForRole(row, assignments);
    }

    /// <summary>Why somebody who had or will have a role has none now; null: they have one, or never had any.</summary>
    /// <param name="assignments">All of one person's, whether in force or not.</param>
    public static Refusal? WhyNoneNow(IReadOnlyCollection<Assignment> assignments, Instant now)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        var standings = assignments.Select(assignment => assignment.StandingAt(now)).ToHashSet();
        if (standings.Count == 0 || standings.Contains(AssignmentStanding.InForce)) return null;
        return standings.Contains(AssignmentStanding.NotBegun) ? AccessRefusals.NotBegun : AccessRefusals.Ended;
    }

    /// <summary>Of several assignments each shows what it shows: left out is only what all of them leave out.</summary>
    private static LeftOut LeftOutByAll(AccessRow row, IEnumerable<Assignment> reaching) => reaching
        .Select(assignment => row.RightOf(assignment)?.LeftOutFor(assignment) ?? throw new InvalidOperationException("It gives no right."))
        .Aggregate((some, others) => some & others);
}

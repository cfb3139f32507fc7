using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Agreements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Who speaks for a pupil as a parent or carer at one moment: as it is entered, not as it is said by who writes it down.</summary>
public sealed record PupilsParents(ImmutableArray<PersonId> Who)
{
    /// <param name="entered">Who was entered as whose parent, holding or not.</param>
    /// <param name="assignments">Those that reach the pupil's plan, in force or not.</param>
    /// <param name="today">The school's day.</param>
    public static PupilsParents Of(
        PupilId pupil, IEnumerable<Parenthood> entered, IEnumerable<Assignment> assignments, LocalDate today, Instant now) => new(
    [
        .. entered.Where(entry => entry.Pupil == pupil && entry.HoldsOn(today)).Select(entry => entry.Parent)
            .Concat(assignments
                .Where(assignment => assignment.Role is Role.Parent && assignment.StandingAt(now) is AssignmentStanding.InForce)
                .Select(assignment => assignment.Who))
            .Distinct(),
    ]);

    /// <summary>Why an answer in a parent's name is not one; null where it is, and where it is not a parent's.</summary>
    public Refusal? WhyNot(AgreementCapacity capacity, string who) =>
        capacity is AgreementCapacity.Parent && !Who.Any(parent => string.Equals(parent.ToString(), who, StringComparison.OrdinalIgnoreCase))
            ? SessionRefusals.NotAParent
            : null;

    public override string ToString() => nameof(PupilsParents);
}

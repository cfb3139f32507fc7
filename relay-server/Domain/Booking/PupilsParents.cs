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
        PupilId pupil, IEnumerable<Parenthood> entered, IEnumerable<Assignment> assignments, LocalDate today, Instant now)
    {
        var ofPupil = entered.Where(entry => entry.Pupil == pupil).ToLookup(entry => entry.HoldsOn(today), entry => entry.Parent);
        var withRole = assignments.Where(assignment => assignment.Role is Role.Parent && assignment.StandingAt(now) is AssignmentStanding.InForce)
            .Select(assignment => assignment.Who);
        // A role that nobody thought of ending gives no say to whom an entry says that they have it no longer.
        return new([.. ofPupil[true].Concat(withRole.Except(ofPupil[false])).Distinct()]);
    }

    /// <summary>Why an answer in a parent's name is not one; null where it is, and where it is not a parent's.</summary>
    public Refusal? WhyNot(AgreementCapacity capacity, string who) =>
        capacity is AgreementCapacity.Parent && !Who.Any(parent => string.Equals(parent.ToString(), who, StringComparison.OrdinalIgnoreCase))
            ? SessionRefusals.NotAParent
            : null;

    public override string ToString() => nameof(PupilsParents);
}

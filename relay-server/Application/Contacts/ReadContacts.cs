using System.Collections.Frozen;
using System.Collections.Immutable;
using AV1Relay.Application.People;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Application.Contacts;

/// <summary>The contacts of a plan's pupil, as somebody may read them.</summary>
/// <param name="Entries">In the order in which they were entered.</param>
/// <param name="Version">Of the log; 0 before the first entry.</param>
/// <param name="NextDue">Null before the first entry.</param>
/// <param name="Staff">Who can have been in contact: the reader, the key adult, the lead.</param>
/// <param name="Names">Of everybody who is named in it.</param>
/// <param name="May">What the reader may do here.</param>
public sealed record ReadContacts(
    SchoolId School, PlanId Plan, PupilId Pupil, DateTimeZone Zone, ImmutableArray<Contact> Entries, long Version, LocalDate? NextDue, bool IsOverdue,
    ImmutableArray<PersonId> Staff, PeopleNamed Names, FrozenSet<Operation> May)
{
    public override string ToString() => nameof(ReadContacts);
}

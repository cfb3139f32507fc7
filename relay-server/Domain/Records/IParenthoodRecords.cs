using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>Who is a parent of whom. One parent and one pupil can have several, each entered at a time of its own.</summary>
public interface IParenthoodRecords : IPupilRecordSet<(PersonId Parent, PupilId Pupil, Instant EnteredAt), Parenthood>
{
    /// <summary>All of one parent's, whether they hold or not.</summary>
    Task<IReadOnlyList<Kept<Parenthood>>> OfParentAsync(PersonId parent, CancellationToken cancellationToken);
}

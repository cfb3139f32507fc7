using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

public interface IArrangementRecords : IRecordSetAtSchools<ArrangementId, Arrangement>
{
    /// <summary>Those of a school that were activated, were not ended by people, and whose end or review falls due by that day.</summary>
    /// <returns>By their last day; those that have lapsed unnoticed are among them.</returns>
    Task<IReadOnlyList<Kept<Arrangement>>> WithDateDueAsync(SchoolId school, LocalDate by, CancellationToken cancellationToken);
}

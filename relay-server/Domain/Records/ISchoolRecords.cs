using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Records;

public interface ISchoolRecords : IRecordSet<SchoolId, SchoolCard>
{
    /// <summary>All of the authority's, by name.</summary>
    Task<IReadOnlyList<Kept<SchoolCard>>> AllAsync(CancellationToken cancellationToken);
}

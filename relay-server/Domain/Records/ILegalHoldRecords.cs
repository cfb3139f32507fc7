using AV1Relay.Domain.Privacy;

namespace AV1Relay.Domain.Records;

public interface ILegalHoldRecords : IRecordSet<LegalHoldId, LegalHold>
{
    /// <summary>All, lifted ones too, the latest placed first.</summary>
    Task<IReadOnlyList<Kept<LegalHold>>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Deletes them, within work that has claimed the authority.</summary>
    Task DeleteAsync(IReadOnlyCollection<LegalHoldId> holds, CancellationToken cancellationToken);
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

internal sealed class DeletionEvidenceRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<DeletionEvidenceRow, Guid, DeletionEvidence>(context, who, now), IDeletionEvidence
{
    public void Append(DeletionEvidence evidence) => Add(evidence);

    public async Task<IReadOnlyList<DeletionEvidence>> ListAsync(int limit, CancellationToken cancellationToken) =>
    [
        .. (await ReadAsync(Rows.OrderByDescending(row => row.ChangedAt).ThenByDescending(row => row.Id).Take(limit), cancellationToken)).Select(kept => kept.Value),
    ];

    protected override Guid KeyOf(Guid id) => id;

    /// <summary>Nobody refers to it.</summary>
    protected override Guid IdOf(DeletionEvidence record) => Guid.NewGuid();

    protected override void Fill(DeletionEvidenceRow row, DeletionEvidence record)
    {
        // It is listed by when it was written.
    }
}

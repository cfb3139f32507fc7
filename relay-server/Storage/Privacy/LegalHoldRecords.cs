using AV1Relay.Domain.People;
using AV1Relay.Domain.Privacy;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Privacy;

internal sealed class LegalHoldRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<LegalHoldRow, LegalHoldId, LegalHold>(context, who, now), ILegalHoldRecords
{
    public Task<IReadOnlyList<Kept<LegalHold>>> AllAsync(CancellationToken cancellationToken) =>
        ReadAsync(Rows.OrderByDescending(row => row.PlacedAt).ThenBy(row => row.Id), cancellationToken);

    public async Task DeleteAsync(IReadOnlyCollection<LegalHoldId> holds, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. holds.Select(hold => hold.Value)];
        await Rows.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    protected override Guid KeyOf(LegalHoldId id) => id.Value;

    protected override LegalHoldId IdOf(LegalHold record) => record.Id;

    protected override void Fill(LegalHoldRow row, LegalHold record) => row.PlacedAt = record.Placed.At;
}

using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Arrangements;

internal sealed class ArrangementRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSetAtSchools<ArrangementRow, ArrangementId, Arrangement>(context, who, now), IArrangementRecords
{
    public Task<IReadOnlyList<Kept<Arrangement>>> WithDateDueAsync(SchoolId school, LocalDate by, CancellationToken cancellationToken) => ReadAsync(
        Rows.Where(row => row.SchoolId == school.Value && row.IsActive && (row.Until <= by || row.NextReviewOn <= by))
            .OrderBy(row => row.Until).ThenBy(row => row.Id),
        cancellationToken);

    protected override Guid KeyOf(ArrangementId id) => id.Value;

    protected override ArrangementId IdOf(Arrangement record) => record.Id;

    protected override void Fill(ArrangementRow row, Arrangement record)
    {
        row.PupilId = record.Pupil.Value;
        (row.Until, row.NextReviewOn) = (record.Until, record.NextReviewOn);
        row.IsActive = record is { Activated: not null, Ending: null };
        row.RecordedOn = record.Ending?.LastDay ?? record.Until ?? row.ChangedAt.InUtc().Date;
    }
}

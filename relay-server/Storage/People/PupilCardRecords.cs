using AV1Relay.Domain.People;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.People;

internal sealed class PupilCardRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<PupilCardRow, PupilId, PupilCard>(context, who, now)
{
    protected override Guid KeyOf(PupilId id) => id.Value;

    protected override PupilId IdOf(PupilCard record) => record.Id;

    protected override void Fill(PupilCardRow row, PupilCard record) =>
        (row.PupilId, row.RecordedOn, row.DateOfBirth) = (record.Id.Value, row.ChangedAt.InUtc().Date, record.DateOfBirth);
}

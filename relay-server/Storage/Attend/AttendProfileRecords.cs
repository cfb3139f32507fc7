using AV1Relay.Domain.Attend;
using AV1Relay.Domain.People;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Attend;

internal sealed class AttendProfileRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<AttendProfileRow, PupilId, AttendProfile>(context, who, now)
{
    protected override Guid KeyOf(PupilId id) => id.Value;

    protected override PupilId IdOf(AttendProfile record) => record.Pupil;

    protected override void Fill(AttendProfileRow row, AttendProfile record) =>
        (row.PupilId, row.RecordedOn) = (record.Pupil.Value, row.ChangedAt.InUtc().Date);
}

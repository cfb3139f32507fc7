using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Contacts;

internal sealed class SentHomeRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<SentHomeRow, SentHomeId, SentHome>(context, who, now)
{
    protected override Guid KeyOf(SentHomeId id) => id.Value;

    protected override SentHomeId IdOf(SentHome record) => record.Id;

    protected override void Fill(SentHomeRow row, SentHome record) => (row.PupilId, row.RecordedOn) = (record.Pupil.Value, record.Sent.At.InUtc().Date);
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Safeguarding;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Safeguarding;

internal sealed class ConcernRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<ConcernRow, ConcernId, ConcernRaised>(context, who, now), IConcernRecords
{
    public void Add(ConcernRaised raised, PupilId? about) => AddRow(raised).PupilId = (about ?? raised.ByPupil)?.Value ?? Guid.Empty;

    protected override Guid KeyOf(ConcernId id) => id.Value;

    protected override ConcernId IdOf(ConcernRaised record) => record.Id;

    protected override void Fill(ConcernRow row, ConcernRaised record) => row.RecordedOn = record.At.InUtc().Date;
}

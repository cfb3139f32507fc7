using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Calendar;

internal sealed class SchoolTimesRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<SchoolTimesRow, SchoolId, SchoolTimes>(context, who, now)
{
    protected override Guid KeyOf(SchoolId id) => id.Value;

    protected override SchoolId IdOf(SchoolTimes record) => record.School;

    protected override void Fill(SchoolTimesRow row, SchoolTimes record)
    {
        // It is read as a whole.
    }
}

using AV1Relay.Domain.People;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.People;

internal sealed class PersonCardRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<PersonCardRow, PersonId, PersonCard>(context, who, now)
{
    protected override Guid KeyOf(PersonId id) => id.Value;

    protected override PersonId IdOf(PersonCard record) => record.Id;

    protected override void Fill(PersonCardRow row, PersonCard record)
    {
        // It is found by its id alone.
    }
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.People;

internal sealed class SchoolRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<SchoolRow, SchoolId, SchoolCard>(context, who, now), ISchoolRecords
{
    public Task<IReadOnlyList<Kept<SchoolCard>>> AllAsync(CancellationToken cancellationToken) =>
        ReadAsync(Rows.OrderBy(row => row.Name).ThenBy(row => row.Id), cancellationToken);

    protected override Guid KeyOf(SchoolId id) => id.Value;

    protected override SchoolId IdOf(SchoolCard record) => record.Id;

    protected override void Fill(SchoolRow row, SchoolCard record) => row.Name = record.Name;
}

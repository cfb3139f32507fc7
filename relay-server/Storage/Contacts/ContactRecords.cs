using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Contacts;

internal sealed class ContactRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<ContactLogRow, PupilId, ContactLog>(context, who, now), IContactRecords
{
    public async Task<IReadOnlyList<NextContact>> WithNextDueAsync(IReadOnlyCollection<PupilId> pupils, LocalDate by, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. pupils.Select(pupil => pupil.Value)];
        return await Rows.Where(row => ids.Contains(row.PupilId) && row.NextDue <= by).OrderBy(row => row.NextDue).ThenBy(row => row.PupilId)
            .Select(row => new NextContact(new PupilId(row.PupilId), row.NextDue)).ToListAsync(cancellationToken);
    }

    protected override Guid KeyOf(PupilId id) => id.Value;

    protected override PupilId IdOf(ContactLog record) => record.Pupil;

    protected override void Fill(ContactLogRow row, ContactLog record) =>
        (row.PupilId, row.NextDue, row.RecordedOn) = (record.Pupil.Value, record.NextDue, row.ChangedAt.InUtc().Date);
}

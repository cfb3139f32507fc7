using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Storage.People;

internal sealed class ParenthoodRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<ParenthoodRow, (PersonId Parent, PupilId Pupil, Instant EnteredAt), Parenthood>(context, who, now), IParenthoodRecords
{
    public Task<IReadOnlyList<Kept<Parenthood>>> OfParentAsync(PersonId parent, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.ParentId == parent.Value).OrderBy(row => row.RecordedOn).ThenBy(row => row.Id), cancellationToken);

    protected override Guid KeyOf((PersonId Parent, PupilId Pupil, Instant EnteredAt) id) =>
        RowKeys.Of($"{id.Parent} {id.Pupil} {InstantPattern.ExtendedIso.Format(id.EnteredAt)}");

    protected override (PersonId Parent, PupilId Pupil, Instant EnteredAt) IdOf(Parenthood record) => (record.Parent, record.Pupil, record.Entered.At);

    protected override void Fill(ParenthoodRow row, Parenthood record) =>
        (row.ParentId, row.PupilId, row.RecordedOn) = (record.Parent.Value, record.Pupil.Value, record.Until ?? row.ChangedAt.InUtc().Date);
}

using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Contacts;

internal sealed class PlanCommentRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<PlanCommentRow, CommentId, PlanComment>(context, who, now), IPlanCommentRecords
{
    public async Task<IReadOnlyList<WaitingComment>> WaitingAsync(IReadOnlyCollection<PlanId> plans, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. plans.Select(plan => plan.Value)];
        return await Rows.Where(row => row.IsWaiting && ids.Contains(row.PlanId)).OrderBy(row => row.RecordedOn).ThenBy(row => row.Id)
            .Select(row => new WaitingComment(new PlanId(row.PlanId), row.RecordedOn)).ToListAsync(cancellationToken);
    }

    protected override Guid KeyOf(CommentId id) => id.Value;

    protected override CommentId IdOf(PlanComment record) => record.Said.Id;

    protected override void Fill(PlanCommentRow row, PlanComment record) =>
        (row.PupilId, row.PlanId, row.IsWaiting, row.RecordedOn) = (record.Pupil.Value, record.Said.Plan.Value, record.IsWaiting, record.Said.Written.At.InUtc().Date);
}

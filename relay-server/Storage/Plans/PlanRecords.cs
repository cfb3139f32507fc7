using System.Runtime.CompilerServices;
using AV1Relay.Domain.Overview;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Plans;

internal sealed class PlanRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<PlanRow, PlanId, SupportPlan>(context, who, now), IPlanRecords
{
    public Task<IReadOnlyList<Kept<SupportPlan>>> OfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken) => ReadAsync(
        Rows.Where(row => row.SchoolId == school.Value).OrderByDescending(row => row.ChangedAt).ThenBy(row => row.Id).Take(limit),
        cancellationToken);

    public Task<IReadOnlyList<PlanOutline>> OutlinesOfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken) => ReadOutlinesAsync(
        Rows.Where(row => row.SchoolId == school.Value).OrderByDescending(row => row.ChangedAt).ThenBy(row => row.Id).Take(limit),
        cancellationToken);

    public Task<IReadOnlyList<PlanOutline>> ActiveOfSchoolAsync(SchoolId school, CancellationToken cancellationToken) => ReadOutlinesAsync(
        Rows.Where(row => row.SchoolId == school.Value && row.Status == PlanStatus.Active).OrderBy(row => row.NextReviewOn),
        cancellationToken);

    public async IAsyncEnumerable<SupportPlan> EachOfSchoolAsync(SchoolId school, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in Rows.Where(row => row.SchoolId == school.Value).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return ToKept(row).Value;
    }

    protected override Guid KeyOf(PlanId id) => id.Value;

    protected override PlanId IdOf(SupportPlan record) => record.Id;

    protected override void Fill(PlanRow row, SupportPlan record)
    {
        (row.PupilId, row.SchoolId) = (record.Pupil.Value, record.School.Value);
        (row.KeyAdultId, row.LeadId) = (record.KeyAdult.Value, record.Lead.Value);
        (row.Status, row.NextReviewOn) = (record.Status, record.NextReviewOn);
        row.RecordedOn = row.ChangedAt.InUtc().Date;
    }

    private static async Task<IReadOnlyList<PlanOutline>> ReadOutlinesAsync(IQueryable<PlanRow> rows, CancellationToken cancellationToken) => await rows
        .Select(row => new PlanOutline(
            new PlanPeople(new PlanId(row.Id), new PersonId(row.KeyAdultId), new PersonId(row.LeadId)), new PupilId(row.PupilId), row.Status, row.NextReviewOn))
        .ToListAsync(cancellationToken);
}

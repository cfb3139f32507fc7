using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Access;

internal sealed class AssignmentRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<AssignmentRow, AssignmentId, Assignment>(context, who, now), IAssignmentRecords
{
    public async Task<IReadOnlyList<Assignment>> OfPersonAsync(PersonId who, CancellationToken cancellationToken) =>
        [.. (await Rows.Where(row => row.PersonId == who.Value).ToListAsync(cancellationToken)).Select(row => ToKept(row).Value)];

    public Task<IReadOnlyList<Kept<Assignment>>> OfSchoolAsync(SchoolId school, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.SchoolId == school.Value).OrderByDescending(row => row.ChangedAt), cancellationToken);

    public Task<IReadOnlyList<Kept<Assignment>>> OfPlanAsync(PlanId plan, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.PlanId == plan.Value).OrderByDescending(row => row.ChangedAt), cancellationToken);

    protected override Guid KeyOf(AssignmentId id) => id.Value;

    protected override AssignmentId IdOf(Assignment record) => record.Id;

    protected override void Fill(AssignmentRow row, Assignment record)
    {
        row.PersonId = record.Who.Value;
        (row.SchoolId, row.PlanId) = record.Scope switch
        {
            AccessScope.OneSchool(var school) => (school.Value, null),
            AccessScope.OnePlan(var school, var plan) => (school.Value, plan.Value),
            AccessScope.RoomOnDay(var school, _, _) => (school.Value, null),
            _ => ((Guid?)null, (Guid?)null),
        };
    }
}

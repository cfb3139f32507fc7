using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using NodaTime;

namespace AV1Relay.Domain.Records;

public interface IPlanRecords : IPupilRecordSet<PlanId, SupportPlan>
{
    /// <summary>Active plans of a school whose review falls due by that day, the longest due first.</summary>
    Task<IReadOnlyList<Kept<SupportPlan>>> WithReviewDueAsync(SchoolId school, LocalDate by, CancellationToken cancellationToken);

    /// <summary>All plans of a school, the newest change first.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<Kept<SupportPlan>>> OfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken);

    /// <summary>The active plans of a school, in no order.</summary>
    Task<IReadOnlyList<PlanOutline>> ActiveOfSchoolAsync(SchoolId school, CancellationToken cancellationToken);
}

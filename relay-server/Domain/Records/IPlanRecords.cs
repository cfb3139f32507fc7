using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Domain.Records;

public interface IPlanRecords : IPupilRecordSet<PlanId, SupportPlan>
{
    /// <summary>All plans of a school, the newest change first.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<Kept<SupportPlan>>> OfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken);

    /// <summary>Likewise, without reading them.</summary>
    /// <param name="limit">At most so many.</param>
    Task<IReadOnlyList<PlanOutline>> OutlinesOfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken);

    /// <summary>A school's, in no order, one at a time, however many there are: nothing else is read in the work meanwhile.</summary>
    IAsyncEnumerable<SupportPlan> EachOfSchoolAsync(SchoolId school, CancellationToken cancellationToken);

    /// <summary>The active plans of a school, the longest due for review first.</summary>
    Task<IReadOnlyList<PlanOutline>> ActiveOfSchoolAsync(SchoolId school, CancellationToken cancellationToken);
}

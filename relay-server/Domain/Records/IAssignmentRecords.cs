using AV1Relay.Domain.Access;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;

namespace AV1Relay.Domain.Records;

public interface IAssignmentRecords : IRecordSet<AssignmentId, Assignment>
{
    /// <summary>All of one person's, in force or not: what <see cref="AccessPolicy"/> asks for.</summary>
    Task<IReadOnlyList<Assignment>> OfPersonAsync(PersonId who, CancellationToken cancellationToken);

    /// <summary>Those that reach one school or a plan of it, the newest first.</summary>
    Task<IReadOnlyList<Kept<Assignment>>> OfSchoolAsync(SchoolId school, CancellationToken cancellationToken);

    /// <summary>Those that reach one plan alone: key adult, parents, external professionals.</summary>
    Task<IReadOnlyList<Kept<Assignment>>> OfPlanAsync(PlanId plan, CancellationToken cancellationToken);
}

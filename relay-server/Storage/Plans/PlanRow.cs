using AV1Relay.Domain.Plans;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Plans;

internal sealed class PlanRow : PupilRecordRow
{
    public Guid SchoolId { get; set; }

    public Guid KeyAdultId { get; set; }

    public Guid LeadId { get; set; }

    public PlanStatus Status { get; set; }

    public LocalDate? NextReviewOn { get; set; }
}

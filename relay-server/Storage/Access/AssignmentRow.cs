using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Access;

internal sealed class AssignmentRow : RecordRow
{
    public Guid PersonId { get; set; }

    /// <summary>Null: the whole authority.</summary>
    public Guid? SchoolId { get; set; }

    public Guid? PlanId { get; set; }
}

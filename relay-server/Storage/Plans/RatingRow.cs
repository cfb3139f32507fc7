using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Plans;

internal sealed class RatingRow : PupilRecordRow
{
    public Guid StepId { get; set; }
}

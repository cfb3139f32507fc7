using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Contacts;

internal sealed class PlanCommentRow : PupilRecordRow
{
    public Guid PlanId { get; set; }

    public bool IsWaiting { get; set; }
}

using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Engagement;

internal sealed class EngagementRow : RecordAtSchoolRow
{
    /// <summary>The session that it counts for; null without the robot, and for a line that was struck out.</summary>
    public Guid? SessionId { get; set; }

    /// <summary>On which day what counts took place; null for a line that was struck out.</summary>
    public LocalDate? CountsOn { get; set; }
}

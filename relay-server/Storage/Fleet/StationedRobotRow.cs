using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Fleet;

internal sealed class StationedRobotRow : RecordRow
{
    public string RobotName { get; set; } = "";

    public Guid SchoolId { get; set; }
}

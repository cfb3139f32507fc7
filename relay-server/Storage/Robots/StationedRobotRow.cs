using AV1Relay.Storage.Records;

namespace AV1Relay.Storage.Robots;

internal sealed class StationedRobotRow : RecordRow
{
    public string Name { get; set; } = "";

    public Guid SchoolId { get; set; }
}

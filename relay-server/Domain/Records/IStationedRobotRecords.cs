using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;

namespace AV1Relay.Domain.Records;

/// <summary>By the robot's name.</summary>
public interface IStationedRobotRecords : IRecordSet<string, StationedRobot>
{
    /// <summary>A school's, by name.</summary>
    Task<IReadOnlyList<Kept<StationedRobot>>> OfSchoolAsync(SchoolId school, CancellationToken cancellationToken);
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Robots;

namespace AV1Relay.Domain.Records;

/// <summary>Where robots are, by their names.</summary>
public interface IStationedRobotRecords : IRecordSet<string, StationedRobot>
{
    /// <summary>A school's, by name.</summary>
    Task<IReadOnlyList<Kept<StationedRobot>>> OfSchoolAsync(SchoolId school, CancellationToken cancellationToken);
}

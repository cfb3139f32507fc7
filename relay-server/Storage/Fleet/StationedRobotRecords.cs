using System.Security.Cryptography;
using System.Text;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Fleet;

internal sealed class StationedRobotRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<StationedRobotRow, string, StationedRobot>(context, who, now), IStationedRobotRecords
{
    public Task<IReadOnlyList<Kept<StationedRobot>>> OfSchoolAsync(SchoolId school, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.SchoolId == school.Value).OrderBy(row => row.RobotName), cancellationToken);

    /// <remarks>Records have a UUID; a robot has a name that is never used twice.</remarks>
    protected override Guid KeyOf(string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));

    protected override string IdOf(StationedRobot record) => record.RobotName;

    protected override void Fill(StationedRobotRow row, StationedRobot record) => (row.RobotName, row.SchoolId) = (record.RobotName, record.School.Value);
}

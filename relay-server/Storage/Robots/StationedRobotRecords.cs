using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Robots;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Robots;

internal sealed class StationedRobotRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSet<StationedRobotRow, string, StationedRobot>(context, who, now), IStationedRobotRecords
{
    public Task<IReadOnlyList<Kept<StationedRobot>>> OfSchoolAsync(SchoolId school, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.SchoolId == school.Value).OrderBy(row => row.Name), cancellationToken);

    protected override Guid KeyOf(string id) => RowKeys.Of(id);

    protected override string IdOf(StationedRobot record) => record.RobotName;

    protected override void Fill(StationedRobotRow row, StationedRobot record) => (row.Name, row.SchoolId) = (record.RobotName, record.School.Value);
}

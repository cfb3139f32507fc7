using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.People;

internal sealed class SchoolingRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<SchoolingRow, PupilId, Schooling>(context, who, now), ISchoolingRecords
{
    public async Task<IReadOnlyList<PupilId>> PupilsOfAsync(SchoolId school, LocalDate date, CancellationToken cancellationToken)
    {
        var rows = await Rows.Where(row => row.SchoolId == school.Value || row.EarlierSchoolId == school.Value).ToListAsync(cancellationToken);
        return [.. rows.Select(row => ToKept(row).Value).Where(schooling => schooling.SchoolOn(date) == school).Select(schooling => schooling.Pupil)];
    }

    protected override Guid KeyOf(PupilId id) => id.Value;

    protected override PupilId IdOf(Schooling record) => record.Pupil;

    protected override void Fill(SchoolingRow row, Schooling record)
    {
        row.PupilId = record.Pupil.Value;
        row.RecordedOn = record.Placements is [.., { Until: { } lastDay }] ? lastDay : row.ChangedAt.InUtc().Date;
        row.SchoolId = record.Placements is [.., var last] ? last.School.Value : null;
        row.EarlierSchoolId = record.Placements is [.., var earlier, _] ? earlier.School.Value : null;
    }
}

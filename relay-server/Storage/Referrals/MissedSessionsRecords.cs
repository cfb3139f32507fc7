using AV1Relay.Domain.People;
using AV1Relay.Domain.Referrals;
using AV1Relay.Storage.Records;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Storage.Referrals;

internal sealed class MissedSessionsRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<MissedSessionsRow, (PupilId Pupil, LocalDate YearStartsOn), MissedSessions>(context, who, now)
{
    protected override Guid KeyOf((PupilId Pupil, LocalDate YearStartsOn) id) =>
        RowKeys.Of($"{id.Pupil} {LocalDatePattern.Iso.Format(id.YearStartsOn)}");

    protected override (PupilId Pupil, LocalDate YearStartsOn) IdOf(MissedSessions record) => (record.Pupil, record.Year.Dates.Start);

    protected override void Fill(MissedSessionsRow row, MissedSessions record) =>
        (row.PupilId, row.RecordedOn) = (record.Pupil.Value, record.Year.Dates.End);
}

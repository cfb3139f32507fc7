using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Referrals;
using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Referrals;

internal sealed class ReferralRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSetAtSchools<ReferralRow, ReferralId, Referral>(context, who, now), IReferralRecords
{
    public Task<IReadOnlyList<Kept<Referral>>> WaitingAsync(SchoolId school, CancellationToken cancellationToken) => ReadAsync(
        Rows.Where(row => row.SchoolId == school.Value && row.WaitingSince != null).OrderBy(row => row.WaitingSince).ThenBy(row => row.Id),
        cancellationToken);

    protected override Guid KeyOf(ReferralId id) => id.Value;

    protected override ReferralId IdOf(Referral record) => record.Id;

    protected override void Fill(ReferralRow row, Referral record)
    {
        (row.PupilId, row.RecordedOn) = (record.Pupil.Value, row.ChangedAt.InUtc().Date);
        row.WaitingSince = record.Answered is null ? (record.Sent?.Act ?? record.SignedOff ?? record.Assembled)?.At : null;
    }
}

using AV1Relay.Domain.People;
using AV1Relay.Domain.Referrals;

namespace AV1Relay.Domain.Records;

public interface IReferralRecords : IRecordSetAtSchools<ReferralId, Referral>
{
    /// <summary>Those of a school that wait for somebody, the longest waiting first: assembled, and not answered yet.</summary>
    Task<IReadOnlyList<Kept<Referral>>> WaitingAsync(SchoolId school, CancellationToken cancellationToken);
}

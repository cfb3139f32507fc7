using AV1Relay.Storage.Records;
using NodaTime;

namespace AV1Relay.Storage.Referrals;

internal sealed class ReferralRow : RecordAtSchoolRow
{
    /// <summary>When it was assembled, signed off or sent, whichever came last; null before, and once it is answered.</summary>
    public Instant? WaitingSince { get; set; }
}

using AV1Relay.Domain.Sessions;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using NodaTime;

namespace AV1Relay.Domain.Records;

/// <summary>The ledger's lines. Of each session one at most counts; the second is refused when it is committed.</summary>
public interface IEngagementRecords : IRecordSetAtSchools<EngagementEntryId, EngagementEntry>
{
    /// <summary>The line that counts for a session; null when there is none.</summary>
    Task<Kept<EngagementEntry>?> OfSessionAsync(ScheduledSessionId session, CancellationToken cancellationToken);

    /// <summary>A school's lines that count, by day. One at a time, however many there are: nothing else is read in the work meanwhile.</summary>
    IAsyncEnumerable<EngagementEntry> OfSchoolAsync(SchoolId school, DateInterval days, CancellationToken cancellationToken);
}

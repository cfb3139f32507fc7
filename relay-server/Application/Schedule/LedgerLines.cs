using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.Records;

namespace AV1Relay.Application.Schedule;

/// <summary>Each session that was live has its line in the ledger from the moment it ends, in the same piece of work, whoever or whatever ended it.</summary>
internal static class LedgerLines
{
    /// <remarks>The line has the session's own id: there can't be a second one.</remarks>
    public static void NoteEnd(this IWork work, ScheduledSession before, ScheduledSession after)
    {
        if (before.History.End is not null || after.History.End is null) return;
        work.Engagement.Add(EngagementEntry.For(after, new EngagementEntryId(after.Id.Value)).Value, after.Booked.School); // it has ended, as was just seen
    }
}

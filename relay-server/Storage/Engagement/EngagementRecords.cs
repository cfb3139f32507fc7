using System.Runtime.CompilerServices;
using AV1Relay.Domain.Engagement;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Engagement;

internal sealed class EngagementRecords(RelayDbContext context, PersonId who, Instant now)
    : RecordSetAtSchools<EngagementRow, EngagementEntryId, EngagementEntry>(context, who, now), IEngagementRecords
{
    public async Task<Kept<EngagementEntry>?> OfSessionAsync(ScheduledSessionId session, CancellationToken cancellationToken) =>
        await Rows.FirstOrDefaultAsync(row => row.SessionId == session.Value, cancellationToken) is { } row ? ToKept(row) : null;

    public async IAsyncEnumerable<EngagementEntry> OfSchoolAsync(
        SchoolId school, DateInterval days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (days.Start, days.End);
        var rows = Rows.Where(row => row.SchoolId == school.Value && row.CountsOn >= from && row.CountsOn <= to).OrderBy(row => row.CountsOn).ThenBy(row => row.Id);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken)) yield return ToKept(row).Value;
    }

    protected override Guid KeyOf(EngagementEntryId id) => id.Value;

    protected override EngagementEntryId IdOf(EngagementEntry record) => record.Id;

    protected override void Fill(EngagementRow row, EngagementEntry record)
    {
        (row.PupilId, row.RecordedOn) = (record.Pupil.Value, record.Original.Start.Date);
        row.SessionId = record.Current?.Session is { } session ? session.Value : null;
        row.CountsOn = record.Current?.Start.Date;
    }
}

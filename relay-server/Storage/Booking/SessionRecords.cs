using System.Runtime.CompilerServices;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Sessions;
using AV1Relay.Storage.Records;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AV1Relay.Storage.Booking;

internal sealed class SessionRecords(RelayDbContext context, PersonId who, Instant now)
    : PupilRecordSet<SessionRow, ScheduledSessionId, ScheduledSession>(context, who, now), ISessionRecords
{
    public async Task<IReadOnlyList<ScheduledSession>> ForBookingAsync(
        PupilId pupil, DateInterval week, IReadOnlyCollection<string> robotNames, IReadOnlyCollection<PersonId> carriers, DateInterval days,
        CancellationToken cancellationToken)
    {
        var (weekFrom, weekTo, from, to) = (week.Start, week.End, days.Start, days.End);
        List<Guid> carrierIds = [.. carriers.Select(carrier => carrier.Value)];
        // Three questions with an index each, rather than one with OR. What answers two comes twice: the database would compare whole documents.
        var rows = await Rows.Where(row => row.PupilId == pupil.Value && row.Date >= weekFrom && row.Date <= weekTo)
            .Concat(Rows.Where(row => robotNames.Contains(row.RobotName) && row.Date >= from && row.Date <= to))
            .Concat(Rows.Where(row => carrierIds.Contains(row.CarrierId) && row.Date >= from && row.Date <= to))
            .ToListAsync(cancellationToken);
        return [.. rows.DistinctBy(row => row.Id).Select(row => ToKept(row).Value)];
    }

    public async IAsyncEnumerable<ScheduledSession> EachOfSchoolAsync(
        SchoolId school, DateInterval days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (days.Start, days.End);
        var rows = Rows.Where(row => row.SchoolId == school.Value && row.Date >= from && row.Date <= to);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken)) yield return ToKept(row).Value;
    }

    public async Task<IReadOnlyList<SessionAndRobot>> NamesOfSchoolAsync(SchoolId school, int limit, CancellationToken cancellationToken) =>
        await Rows.Where(row => row.SchoolId == school.Value).OrderByDescending(row => row.Date).Take(limit)
            .Select(row => new SessionAndRobot(new ScheduledSessionId(row.Id), row.RobotName)).ToListAsync(cancellationToken);

    public Task<IReadOnlyList<Kept<ScheduledSession>>> OfSchoolAsync(SchoolId school, DateInterval days, CancellationToken cancellationToken)
    {
        var (from, to) = (days.Start, days.End);
        return ReadAsync(
            Rows.Where(row => row.SchoolId == school.Value && row.Date >= from && row.Date <= to).OrderBy(row => row.StartsAt).ThenBy(row => row.Id),
            cancellationToken);
    }

    public Task<IReadOnlyList<Kept<ScheduledSession>>> OfRobotAsync(string robotName, Instant from, Instant until, CancellationToken cancellationToken) =>
        ReadAsync(
            Rows.Where(row => row.RobotName == robotName && row.EndsAt > from && row.StartsAt < until).OrderBy(row => row.StartsAt),
            cancellationToken);

    public Task<IReadOnlyList<Kept<ScheduledSession>>> UnfinishedOfRobotAsync(string robotName, CancellationToken cancellationToken) =>
        ReadAsync(Rows.Where(row => row.RobotName == robotName && !row.IsOver).OrderBy(row => row.StartsAt), cancellationToken);

    public Task<IReadOnlyList<Kept<ScheduledSession>>> UnfinishedAsync(Instant by, int limit, CancellationToken cancellationToken) =>
        ReadAsync(Unfinished(by, limit), cancellationToken);

    public async Task<IReadOnlyList<ScheduledSessionId>> UnfinishedIdsAsync(Instant by, int limit, CancellationToken cancellationToken) =>
        [.. (await Unfinished(by, limit).Select(row => row.Id).ToListAsync(cancellationToken)).Select(id => new ScheduledSessionId(id))];

    private IQueryable<SessionRow> Unfinished(Instant by, int limit) =>
        Rows.Where(row => !row.IsOver && row.StartsAt <= by).OrderBy(row => row.StartsAt).Take(limit);

    protected override Guid KeyOf(ScheduledSessionId id) => id.Value;

    protected override ScheduledSessionId IdOf(ScheduledSession record) => record.Id;

    protected override void Fill(SessionRow row, ScheduledSession record)
    {
        var booked = record.Booked;
        (row.PupilId, row.SchoolId, row.CarrierId, row.RobotName) = (booked.Pupil.Value, booked.School.Value, booked.Carrier.Value, booked.RobotName);
        (row.Date, row.RecordedOn) = (booked.Slot.Date, booked.Slot.Date);
        (row.State, row.StartsAt, row.EndsAt) = (record.State, record.Window.Start, record.Window.End);
        row.IsOver = record.State is not (SessionState.Proposed or SessionState.Agreed or SessionState.Ready or SessionState.Live);
    }
}

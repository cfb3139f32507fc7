using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Rooms;

/// <summary>What a room link opens.</summary>
public sealed class RoomDays
{
    private readonly Desk _desk;

    internal RoomDays(Desk desk) => _desk = desk;

    /// <param name="link">Whoever holds it.</param>
    public async Task<Outcome<RoomDay>> ReadAsync(Caller link, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(link, Operation.ReadRoomsDay, work => FindAsync(work, link, cancellationToken), cancellationToken);
        return looked.TryGet(out var shown, out var refusals)
            ? shown.Value with { Sessions = [.. shown.Value.Sessions.Select(session => session with { LeftOut = shown.Permission.LeftOut })] }
            : Outcome.Refused<RoomDay>(refusals);
    }

    private static async Task<Asked<RoomDay>?> FindAsync(IWork work, Caller link, CancellationToken cancellationToken)
    {
        var roles = await work.Assignments.OfPersonAsync(link.Who, cancellationToken);
        if (roles is not [{ Scope: AccessScope.RoomOnDay scope, Until: { } until }]) return null; // somebody with an account has other ways
        if (await work.Schools.FindAsync(scope.School, cancellationToken) is not { Value: var school }) return null;
        var rooms = (await work.SchoolTimes.FindAsync(scope.School, cancellationToken))?.Value.Rooms ?? [];
        var sessions = (await work.Sessions.OfSchoolAsync(scope.School, new DateInterval(scope.Date, scope.Date), cancellationToken))
            .Where(kept => kept.Value.Booked.Room == scope.Room && kept.Value.State is not (SessionState.Declined or SessionState.Cancelled))
            .OrderBy(kept => kept.Value.Booked.Slot.Start)
            .Select(kept => new ReadSession(kept.Value, kept.Version, LeftOut.Pupils | LeftOut.PlanContents)).ToList();
        return new Asked<RoomDay>(
            new RoomDay(school.Name, rooms.FirstOrDefault(room => room.Id == scope.Room)?.Name ?? "a room", scope.Date, school.Zone(), until, [.. sessions],
                await work.NamesOutsideAsync(scope.School, sessions.Select(session => session.Session.Booked.Pupil), cancellationToken)),
            AccessSubject.OfRoom(scope.School, scope.Room, scope.Date), AuditSubjects.OfRoom(scope.Room));
    }
}

using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Application.Audit;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Audit;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;
using NodaTime.Text;

namespace AV1Relay.Application.Rooms;

/// <summary>Links that open one room for one day, as staff make and end them.</summary>
/// <remarks>
/// A link is a role like any other, held by nobody in particular: what its holder may do is asked of <see cref="AccessPolicy"/> each time, so that
/// one that has been ended opens nothing from the next click on.
/// </remarks>
public sealed class StaffRoomLinks
{
    private static readonly Refusal RoomUnknown = new(
        "room-link.room-unknown", "There is no such room at this school.", "Choose one from the list, or have it entered into the calendar first.");

    private readonly Desk _desk;

    internal StaffRoomLinks(Desk desk) => _desk = desk;

    public async Task<Outcome<RoomLinkChoices>> ChoicesAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        var looked = await _desk.LookAsync(
            caller, Operation.ReadCalendar,
            async work =>
            {
                if (await work.Schools.FindAsync(school, cancellationToken) is not { Value: var card }) return null;
                var today = _desk.Now.InZone(card.Zone()).Date;
                var rooms = (await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Rooms ?? [];
                var links = (await work.Assignments.OfSchoolAsync(school, cancellationToken)).Select(kept => kept.Value)
                    .Where(role => role.Scope is AccessScope.RoomOnDay there && there.Date >= today && role.StandingAt(_desk.Now) is not AssignmentStanding.Ended)
                    .Select(role => Held(role, rooms, card.Zone()))
                    .OrderBy(link => link.Date).ThenBy(link => link.Room, StringComparer.OrdinalIgnoreCase);
                return new Asked<RoomLinkChoices>(
                    new RoomLinkChoices(today, [.. rooms.OrderBy(room => room.Name, StringComparer.OrdinalIgnoreCase)], [.. links]),
                    AccessSubject.OfRoom(school, default, today), $"school {school}")
                {
                    AlsoNeeds = Operation.IssueRoomLink,
                };
            },
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<RoomLinkChoices>(refusals);
    }

    /// <summary>A new link. Those that were made for the same room and day before it go on: somebody may stand in front of the class with one.</summary>
    /// <param name="why">In the person's words; may be empty. It stands in the audit.</param>
    public Task<Outcome<HeldRoomLink>> MakeAsync(
        Caller caller, SchoolId school, RoomId room, LocalDate date, string why, CancellationToken cancellationToken)
    {
        var scope = new AccessScope.RoomOnDay(school, room, date);
        return _desk.ChangeAsync<SchoolCard, HeldRoomLink>(
            caller, Operation.IssueRoomLink, why, [Claim.On(school)],
            async work => await work.Schools.FindAsync(school, cancellationToken) is { Value: var card }
                ? new Asked<SchoolCard>(card, AccessSubject.OfRoom(school, room, date), AuditSubjects.OfRoom(room))
                : null,
            async (work, card, act) =>
            {
                var rooms = (await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Rooms ?? [];
                if (rooms.All(known => known.Id != room)) return RoomUnknown;
                var rules = (await work.SettingsAsync(cancellationToken)).Sessions;
                var inRoom = (await work.Sessions.OfSchoolAsync(school, new DateInterval(date, date), cancellationToken))
                    .Select(kept => kept.Value).Where(session => session.Booked.Room == room && IsToHappen(session));
                var closes = RoomLinks.ClosesAt(scope, inRoom, card.Zone(), rules);
                if (RoomLinks.WhyNot(scope, closes, card.Zone(), act.At) is { } refusal) return refusal;
                var link = Assignment.RoomLink(
                    new AssignmentId(Guid.NewGuid()), new PersonId(Guid.NewGuid()), scope, card.Zone(), act, closes);
                work.Assignments.Add(link);
                return new Done<HeldRoomLink>(
                    Held(link, rooms, card.Zone()), AuditedValue.Written("link", null, link.Id.ToString()), AuditedValue.Written("day", null, Text(date)),
                    AuditedValue.Written("until", null, InstantPattern.ExtendedIso.Format(closes)));
            },
            cancellationToken);
    }

    /// <summary>Ends a link at once: whoever holds it sees with their next click that it has ended.</summary>
    public async Task<Outcome<HeldRoomLink>> EndAsync(Caller caller, AssignmentId id, string why, CancellationToken cancellationToken)
    {
        var there = (await _desk.PeekAsync(caller, work => work.Assignments.FindAsync(id, cancellationToken), cancellationToken))?.Value.Scope as AccessScope.RoomOnDay;
        return await _desk.ChangeAsync<Kept<Assignment>, HeldRoomLink>(
            caller, Operation.EndRoomLink, why, there is null ? [] : [Claim.On(there.School)],
            async work => await work.Assignments.FindAsync(id, cancellationToken) is { Value.Scope: AccessScope.RoomOnDay scope } kept
                ? new Asked<Kept<Assignment>>(kept, AccessSubject.OfRoom(scope.School, scope.Room, scope.Date), AuditSubjects.OfRoom(scope.Room))
                : null,
            async (work, kept, act) =>
            {
                var mine = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
                if (!RoleChanges.End(mine, kept.Value, act).TryGet(out var ended, out var refusals)) return Outcome.Refused<Done<HeldRoomLink>>(refusals);
                work.Assignments.Replace(kept, ended);
                var (school, _, date) = (AccessScope.RoomOnDay)ended.Scope; // as it was found
                var rooms = (await work.SchoolTimes.FindAsync(school, cancellationToken))?.Value.Rooms ?? [];
                return new Done<HeldRoomLink>(
                    Held(ended, rooms, await work.ZoneAsync(school, cancellationToken)), AuditedValue.Written("link", ended.Id.ToString(), null),
                    AuditedValue.Written("day", Text(date), null));
            },
            cancellationToken);
    }

    private static bool IsToHappen(ScheduledSession session) =>
        session.State is SessionState.Proposed or SessionState.Agreed or SessionState.Ready or SessionState.Live;

    private static string? Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static HeldRoomLink Held(Assignment link, ImmutableArray<SchoolRoom> rooms, DateTimeZone zone)
    {
        var scope = (AccessScope.RoomOnDay)link.Scope; // a room link's
        return new HeldRoomLink(
            link.Id, link.Who, rooms.FirstOrDefault(room => room.Id == scope.Room)?.Name ?? "a room", scope.Date,
            link.Until!.Value.InZone(zone).TimeOfDay); // it lasts a day, so it has an end
    }
}

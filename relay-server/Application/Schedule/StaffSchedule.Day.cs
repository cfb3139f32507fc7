using System.Collections.Immutable;
using AV1Relay.Application.Asking;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Application.Schedule;

// The day's list.
public sealed partial class StaffSchedule
{
    /// <summary>
    /// Today's sessions at a school that this person may read, and, without whose they are, those of rooms whose day they see. What was called off is
    /// left out.
    /// </summary>
    public async Task<Outcome<ReadDay>> DayAsync(Caller caller, SchoolId school, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var looked = await _desk.LookAsync(
            caller, Operation.ReadOwnDay,
            async work => await work.Schools.FindAsync(school, cancellationToken) is { Value: var card }
                ? new Asked<ReadDay>(await ReadDayAsync(work, caller, card, cancellationToken), AccessSubject.OfSchool(school), $"school {school}")
                : null,
            cancellationToken);
        return looked.TryGet(out var shown, out var refusals) ? shown.Value : Outcome.Refused<ReadDay>(refusals);
    }

    private async Task<ReadDay> ReadDayAsync(IWork work, Caller caller, SchoolCard school, CancellationToken cancellationToken)
    {
        var (now, today) = (_desk.Now, _desk.Now.InZone(school.Zone()).Date);
        var assignments = await work.Assignments.OfPersonAsync(caller.Who, cancellationToken);
        var times = (await work.SchoolTimes.FindAsync(school.Id, cancellationToken))?.Value;
        var rooms = times?.Rooms.ToDictionary(room => room.Id, room => room.Name) ?? [];
        var entries = ImmutableArray.CreateBuilder<ReadDayEntry>();
        foreach (var kept in await work.Sessions.OfSchoolAsync(school.Id, new DateInterval(today, today), cancellationToken))
        {
            var (session, booked) = (kept.Value, kept.Value.Booked);
            if (session.State is SessionState.Declined or SessionState.Cancelled) continue;
            var about = SessionSubjects.Of(booked, times?.Timetable);
            if (Check(Operation.ReadSession) is { } whole)
                entries.Add(new(new ReadSession(session, kept.Version, whole.LeftOut), Name(), Check(Operation.ReadLiveState) is not null));
            else if (Check(Operation.ReadRoomsDay) is { } roomsDay)
                entries.Add(new(new ReadSession(session, kept.Version, roomsDay.LeftOut), Name(), IsTheirs: false));

            Permission? Check(Operation operation) => AccessPolicy.Check(assignments, operation, about, now).TryGet(out var permission, out _) ? permission : null;
            string Name() => rooms.GetValueOrDefault(booked.Room, "a room");
        }

        return new ReadDay(today, [.. entries.OrderBy(entry => entry.Read.Session.Booked.Slot.Start).ThenBy(entry => entry.Room, StringComparer.OrdinalIgnoreCase)]);
    }
}

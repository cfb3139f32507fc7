using System.Collections.Immutable;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Calendar;

/// <summary>When and where things happen at one school: open days, lessons, rooms.</summary>
/// <remarks>Always true: the timetable is this school's; a room is there once.</remarks>
public sealed record SchoolTimes
{
    /// <exception cref="ArgumentException">Another school's timetable, or a room twice.</exception>
    public SchoolTimes(SchoolId school, SchoolCalendar calendar, Timetable timetable, ImmutableArray<SchoolRoom> rooms)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(timetable);
        if (timetable.School != school) throw new ArgumentException("A timetable is its own school's.", nameof(timetable));
        (School, Calendar, Timetable, Rooms) = (school, calendar, timetable, rooms.IsDefault ? [] : rooms);
        if (Rooms.DistinctBy(room => room.Id).Count() < Rooms.Length) throw new ArgumentException("A room is there once.", nameof(rooms));
    }

    public SchoolId School { get; }

    public SchoolCalendar Calendar { get; init; }

    public Timetable Timetable { get; init; }

    public ImmutableArray<SchoolRoom> Rooms { get; init; }
}

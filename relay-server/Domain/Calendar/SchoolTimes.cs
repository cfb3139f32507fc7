using System.Collections.Immutable;
using AV1Relay.Domain.People;

namespace AV1Relay.Domain.Calendar;

/// <summary>When and where a school has lessons: its calendar, its timetable and its rooms.</summary>
/// <remarks>Always true: the timetable is this school's; each room is there once.</remarks>
public sealed record SchoolTimes
{
    /// <exception cref="ArgumentException">Another school's timetable, or a room twice.</exception>
    public SchoolTimes(SchoolId school, SchoolCalendar calendar, Timetable timetable, ImmutableArray<Room> rooms)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(timetable);
        if (timetable.School != school) throw new ArgumentException("That is another school's timetable.", nameof(timetable));
        (School, Calendar, Timetable, Rooms) = (school, calendar, timetable, rooms.IsDefault ? [] : rooms);
        if (Rooms.DistinctBy(room => room.Id).Count() < Rooms.Length) throw new ArgumentException("A room is there twice.", nameof(rooms));
    }

    public SchoolId School { get; }

    public SchoolCalendar Calendar { get; }

    public Timetable Timetable { get; }

    public ImmutableArray<Room> Rooms { get; }
}

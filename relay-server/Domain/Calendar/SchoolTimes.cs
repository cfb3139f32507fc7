using System.Collections.Immutable;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Refusals;
using NodaTime;

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

    /// <summary>Of a school that has entered nothing yet.</summary>
    public static SchoolTimes Empty(SchoolId school, DateTimeZone zone) => new(
        school, new SchoolCalendar(zone, AcademicYearStarts.England, SchoolCalendar.MondayToFriday, [], [], []),
        new Timetable(school, WeekCycle.None, [], []), []);

    public SchoolId School { get; }

    public SchoolCalendar Calendar { get; init; }

    public Timetable Timetable { get; init; }

    public ImmutableArray<SchoolRoom> Rooms { get; init; }

    public Outcome<SchoolTimes> EnterRoom(SchoolRoom room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return WhyNotName(room.Id, room.Name, room.Note) is { } refusal
            ? refusal
            : this with { Rooms = Rooms.Add(room with { Name = room.Name.Trim(), Note = room.Note.Trim() }) };
    }

    /// <summary>Its walk test stays.</summary>
    public Outcome<SchoolTimes> ChangeRoom(RoomId id, string name, string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (Rooms.FirstOrDefault(room => room.Id == id) is not { } present) return TimesRefusals.NoSuchRoom;
        return WhyNotName(id, name, note) is { } refusal
            ? refusal
            : this with { Rooms = Rooms.Replace(present, present with { Name = name.Trim(), Note = note.Trim() }) };
    }

    /// <summary>One in which lessons are stays: they would be nowhere.</summary>
    public Outcome<SchoolTimes> TakeOutRoom(RoomId id)
    {
        if (Rooms.FirstOrDefault(room => room.Id == id) is not { } present) return TimesRefusals.NoSuchRoom;
        var lessons = Timetable.Lessons.Count(lesson => lesson.Room == id);
        return lessons > 0 ? TimesRefusals.RoomHasLessons(lessons) : this with { Rooms = Rooms.Remove(present) };
    }

    private Refusal? WhyNotName(RoomId id, string name, string note)
    {
        if (string.IsNullOrWhiteSpace(name)) return TimesRefusals.RoomNotNamed;
        return Rooms.Any(room => room.Id != id && string.Equals(room.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? TimesRefusals.RoomThere
            : TextLimits.WhyNotName(name, note);
    }
}

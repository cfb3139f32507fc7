using System.Collections.Immutable;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.Refusals;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether a session that is booked fits with the school's days, lessons and rooms: what is changed there moves no session by itself.</summary>
public static class TimesCheck
{
    /// <summary>Null: it fits.</summary>
    public static Refusal? WhyNot(BookedUse booked, SchoolTimes times)
    {
        ArgumentNullException.ThrowIfNull(booked);
        ArgumentNullException.ThrowIfNull(times);
        if (times.Calendar.WhyClosed(booked.Slot.Date) is { } closed)
            return new("session.closed-day", $"There is no school on that day: {closed.Words}.", MoveIt);
        if (times.Rooms.All(room => room.Id != booked.Room))
            return new("session.room-gone", "Its room is no longer one of the school's.", MoveIt);
        return booked.Lesson is { } lesson ? WhyNotLesson(lesson, booked, times) : null;
    }

    /// <summary>Those to come that fitted before a change and no longer do, with the reason; the others are none of its doing.</summary>
    public static ImmutableArray<HitSession> Hit(IEnumerable<ScheduledSession> sessions, SchoolTimes before, SchoolTimes after) =>
    [
        .. from session in sessions
           where session.State is SessionState.Proposed or SessionState.Agreed or SessionState.Ready
           let why = WhyNot(session.Booked, after)
           where why is not null && WhyNot(session.Booked, before) is null
           orderby session.Window.Start, session.Id.Value
           select new HitSession(session, why),
    ];

    private const string MoveIt = "Move the session, or call it off.";

    private static Refusal? WhyNotLesson(LessonName lesson, BookedUse booked, SchoolTimes times)
    {
        var there = times.Timetable.LessonsOn(booked.Slot.Date, times.Calendar).FirstOrDefault(occurrence => occurrence.Lesson.Id == lesson.Id);
        if (there is null) return new("session.lesson-gone", "Its lesson is not on that day any more.", MoveIt);
        if (there.Room != booked.Room) return new("session.lesson-elsewhere", "Its lesson is in another room.", MoveIt);
        var (taught, taken) = (there.Slot.ToInterval(booked.Zone), booked.Slot.ToInterval(booked.Zone));
        return taught.Start <= taken.Start && taken.End <= taught.End
            ? null
            : new("session.lesson-at-another-time", $"Its lesson begins at {there.Slot.Start.InWords()} and lasts {there.Slot.Duration.TotalMinutes:0} minutes.", MoveIt);
    }
}

/// <summary>A booked session that a change of the school's times leaves without its day, lesson or room.</summary>
public sealed record HitSession(ScheduledSession Session, Refusal Why)
{
    public override string ToString() => nameof(HitSession);
}

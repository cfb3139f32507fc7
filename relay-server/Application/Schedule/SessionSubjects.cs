using System.Collections.Immutable;
using AV1Relay.Domain.Access;
using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Calendar;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Records;

namespace AV1Relay.Application.Schedule;

/// <summary>What a stored session is about, as far as rights go: its plan, room and day, and whose it is.</summary>
internal static class SessionSubjects
{
    /// <remarks>A lesson that has left the timetable since is nobody's. Who stands in for its teacher has a room link, or carries the robot.</remarks>
    public static async Task<AccessSubject> SubjectOfAsync(this IWork work, BookedUse booked, CancellationToken cancellationToken) =>
        Of(booked, booked.Lesson is null ? null : (await work.SchoolTimes.FindAsync(booked.School, cancellationToken))?.Value.Timetable);

    /// <param name="timetable">The school's; null: it has none.</param>
    public static AccessSubject Of(BookedUse booked, Timetable? timetable)
    {
        ImmutableArray<PersonId> own = [booked.Carrier];
        if (booked.Lesson is { } lesson && timetable?.Find(lesson.Id)?.Teacher is { } teacher) own = own.Add(teacher);
        return AccessSubject.OfSession(booked.School, booked.Plan, booked.Room, booked.Slot.Date, own);
    }
}

using System.Globalization;
using AV1Relay.Application.People;
using AV1Relay.Application.Schedule;
using AV1Relay.Domain.Booking;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace AV1Relay.StaffConsole.Calendars;

/// <summary>Somebody's sessions as an iCalendar file (RFC 5545): time, robot and room, and whose it is only where the school wants that.</summary>
internal static class FeedFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <param name="names">Of pupils, as far as this person may know them; nobody's where names are off.</param>
    /// <returns>The same text for the same sessions, to the letter.</returns>
    public static string Write(OwnSessions own, PupilNames names)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(names);
        var calendar = new Ical.Net.Calendar { ProductId = "-//AV1Relay//Sessions//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", "Robot sessions");
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H"); // how often programmes look
        foreach (var zone in own.Sessions.GroupBy(one => one.Session.Booked.Zone.Id))
        {
            var first = zone.Min(one => one.Session.Booked.Slot.Date).PlusYears(-1); // with the change before the first of them
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Key, first.ToDateTimeUnspecified(), includeHistoricalData: false));
        }

        calendar.Events.AddRange(own.Sessions.Select(one => Event(one, one.WithName && names.Of.TryGetValue(one.Session.Booked.Pupil, out var name) ? name.Text : null)));
        return new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("A calendar was not written.");
    }

    private static CalendarEvent Event(OwnSession one, string? name)
    {
        var (session, booked) = (one.Session, one.Session.Booked);
        var zone = booked.Zone.Id;
        // A start is wall time, so that it stays with the clock; an end follows from the time that really passes.
        var end = session.Window.End.InZone(booked.Zone).LocalDateTime;
        return new CalendarEvent
        {
            Uid = $"{session.Id}@av1relay",
            DtStamp = Utc(one.ChangedAt),
            LastModified = Utc(one.ChangedAt),
            Sequence = (int)Math.Min(one.Version - 1, int.MaxValue),
            Start = Wall(booked.Slot.Date.At(booked.Slot.Start), zone),
            End = Wall(end, zone),
            Summary = name is null ? $"Robot session, {booked.RobotName}" : $"Robot session, {booked.RobotName}, {name}",
            Location = one.Room,
            Description = StateOf(session.State),
            Class = "PRIVATE",
            Status = session.State switch
            {
                SessionState.Proposed => EventStatus.Tentative,
                SessionState.Declined or SessionState.Cancelled or SessionState.Missed => EventStatus.Cancelled,
                _ => EventStatus.Confirmed,
            },
        };
    }

    private static string StateOf(SessionState state) => $"{Layout.Words.Of(state)}.";

    private static CalDateTime Wall(LocalDateTime wall, string zone) => new(wall.ToDateTimeUnspecified(), zone, hasTime: true);

    private static CalDateTime Utc(Instant at) => new(DateTime.Parse(
        at.InUtc().ToString("uuuu'-'MM'-'dd'T'HH':'mm':'ss", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal), hasTime: true);
}

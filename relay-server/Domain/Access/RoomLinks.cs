using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Access;

/// <summary>Links that open one room for one day: for whoever takes the class and has no account.</summary>
public static class RoomLinks
{
    /// <summary>A link is not made longer beforehand than this: it would lie about.</summary>
    public static readonly Period Beforehand = Period.FromDays(7);

    /// <summary>
    /// When it closes by itself: with the school's hours; where something in that room goes on longer, when that could end; at midnight at the latest.
    /// </summary>
    /// <param name="inRoom">That day's sessions of the room.</param>
    /// <param name="zone">The school's.</param>
    public static Instant ClosesAt(AccessScope.RoomOnDay room, IEnumerable<ScheduledSession> inRoom, DateTimeZone zone, SessionRules rules)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(inRoom);
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(rules);
        var hours = zone.AtLeniently(room.Date + rules.Hours.Until).ToInstant();
        var last = inRoom.Select(session => session.Window.End + rules.LongestExtension).DefaultIfEmpty(hours).Max();
        return Instant.Min(Instant.Max(hours, last), zone.AtStartOfDay(room.Date.PlusDays(1)).ToInstant());
    }

    /// <summary>Null: a link can be made for that day.</summary>
    /// <param name="closesAt">By <see cref="ClosesAt"/>.</param>
    public static Refusal? WhyNot(AccessScope.RoomOnDay room, Instant closesAt, DateTimeZone zone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(zone);
        if (closesAt <= now) return DayIsOver;
        return room.Date > now.InZone(zone).Date + Beforehand ? TooFarAhead : null;
    }

    private static Refusal DayIsOver { get; } = new(
        "room-link.day-over", "School is over for that day.", "Choose today, if it is still going on, or a day to come.");

    private static Refusal TooFarAhead { get; } = new(
        "room-link.too-far-ahead", "A room link is made at most a week before its day.", "Come back nearer the day: a link that lies about can be found.");
}

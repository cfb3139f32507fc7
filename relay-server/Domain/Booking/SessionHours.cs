using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Between which times of day a session outside a lesson may be. A lesson's time is the school's own, and is not held against this.</summary>
/// <remarks>Always true: they end later than they begin, on the same day.</remarks>
public sealed record SessionHours
{
    /// <exception cref="ArgumentException">They end before they begin.</exception>
    public SessionHours(LocalTime from, LocalTime until)
    {
        if (until <= from) throw new ArgumentException("Hours end after they begin.", nameof(until));
        (From, Until) = (from, until);
    }

    /// <summary>Hours as somebody sets them.</summary>
    public static Outcome<SessionHours> Enter(LocalTime from, LocalTime until) => until <= from
        ? new Refusal("settings.hours", "Hours outside lessons end before they begin.", "Check both times.")
        : new SessionHours(from, until);

    public LocalTime From { get; }

    public LocalTime Until { get; }

    /// <summary>By what the clocks show on that date: a session that ends on the next is not within.</summary>
    internal bool Contain(Interval session, LocalDate date, DateTimeZone zone) =>
        date + From <= session.Start.InZone(zone).LocalDateTime && session.End.InZone(zone).LocalDateTime <= date + Until;
}

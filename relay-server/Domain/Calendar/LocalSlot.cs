using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>A time as it stands in a timetable: local date and wall time. It stays at 10:05 across a clock change.</summary>
/// <remarks>Always true: the duration is positive and at most a day.</remarks>
public sealed record LocalSlot
{
    /// <exception cref="ArgumentException">The duration is not positive, or longer than a day.</exception>
    public LocalSlot(LocalDate date, LocalTime start, Duration duration)
    {
        if (duration <= Duration.Zero || duration > Duration.FromDays(1)) throw new ArgumentException("A slot lasts some time, and a day at most.", nameof(duration));
        (Date, Start, Duration) = (date, start, duration);
    }

    public LocalDate Date { get; }

    public LocalTime Start { get; }

    /// <summary>Time that passes, not the difference of two wall times.</summary>
    public Duration Duration { get; }

    /// <summary>
    /// When that is. A wall time that the clocks skip in spring is taken as much later; of one that comes twice in autumn, the first is meant.
    /// </summary>
    public Interval ToInterval(DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var start = zone.AtLeniently(Date + Start).ToInstant();
        return new Interval(start, start + Duration);
    }
}

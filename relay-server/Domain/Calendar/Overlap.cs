using NodaTime;

namespace AV1Relay.Domain.Calendar;

/// <summary>Whether two uses of one thing, such as a robot or a room, get in each other's way.</summary>
public static class Overlap
{
    /// <summary>
    /// True when there is a moment in both, or less than <paramref name="buffer"/> between them. Back to back is no overlap; an interval
    /// that lasts no time overlaps nothing.
    /// </summary>
    /// <param name="buffer">Time needed between the end of one and the start of the other: to carry the robot, to charge it.</param>
    /// <exception cref="ArgumentException">The buffer is negative.</exception>
    public static bool Overlaps(this Interval one, Interval other, Duration buffer = default)
    {
        if (buffer < Duration.Zero) throw new ArgumentException("A buffer is not negative.", nameof(buffer));
        return Lasts(one) && Lasts(other) && !IsOverBefore(one, other, buffer) && !IsOverBefore(other, one, buffer);
    }

    /// <inheritdoc cref="Overlaps(Interval, Interval, Duration)"/>
    /// <remarks>Compared as time passes, not by the clock on the wall, which has an hour twice in autumn.</remarks>
    public static bool Overlaps(this LocalSlot one, LocalSlot other, DateTimeZone zone, Duration buffer = default)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.ToInterval(zone).Overlaps(other.ToInterval(zone), buffer);
    }

    private static bool Lasts(Interval interval) => !interval.HasStart || !interval.HasEnd || interval.Duration > Duration.Zero;

    private static bool IsOverBefore(Interval first, Interval second, Duration buffer) =>
        first.HasEnd && second.HasStart && second.Start - first.End >= buffer;
}

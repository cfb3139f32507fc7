using AV1Relay.Domain.Refusals;
using NodaTime;

namespace AV1Relay.Domain.Booking;

/// <summary>Whether the robot is there, works, and lasts.</summary>
internal static class RobotChecks
{
    public static IEnumerable<Refusal> Find(BookingRequest request, BookingBoard board)
    {
        var robot = board.Robots.FirstOrDefault(robot => robot.Name == request.RobotName);
        if (robot is null)
        {
            yield return new(
                "booking.robot-not-enrolled", "There is no enrolled robot of that name.",
                "Enrol it, or choose another robot.");
            yield break;
        }

        if (robot.School != board.Plan.School)
            yield return new("booking.robot-elsewhere", "The robot belongs to another school.", "Choose a robot of the pupil's school.");

        if (robot.OutOfServiceBecause is not null)
        {
            yield return new(
                "booking.robot-out-of-service", $"The robot is out of service: {robot.OutOfServiceBecause}.",
                "Choose another robot, or have it mended.");
        }

        if (robot.Battery is { } battery && !Lasts(battery, request, board))
        {
            yield return new(
                "booking.battery-too-short", "The robot's battery is not expected to last through that day's sessions.",
                "Choose another robot or a shorter time, or plan more time at the charger between sessions.");
        }
    }

    /// <summary>Walks through the robot's day: each session uses the battery, each time between two gives some back.</summary>
    private static bool Lasts(BatteryFacts battery, BookingRequest request, BookingBoard board)
    {
        var day = board.Sessions
            .Where(session => session.Booked.RobotName == request.RobotName && session.Booked.Slot.Date == request.Slot.Date)
            .Select(session => session.Holds)
            .OfType<Interval>()
            .Append(request.Interval)
            .OrderBy(interval => interval.Start);

        var left = battery.RunsFor;
        Instant? free = null;
        foreach (var session in day)
        {
            if (session.Start > free)
                left = Duration.Min(battery.RunsFor, left + battery.GainPerHour * (session.Start - free.Value).TotalHours);
            left -= session.Duration;
            free = free > session.End ? free : session.End;
            if (left < Duration.Zero) return false;
        }

        return true;
    }
}

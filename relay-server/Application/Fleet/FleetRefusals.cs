using AV1Relay.Domain.Booking;
using AV1Relay.Domain.Refusals;
using NodaTime.Text;

namespace AV1Relay.Application.Fleet;

/// <summary>Why nothing is changed at a robot.</summary>
internal static class FleetRefusals
{
    internal static Refusal NotStationed { get; } = new(
        "robot.not-stationed", "The robot belongs to no school yet.", "Station it at a school first.");

    internal static Refusal RetiredAlready { get; } = new(
        "robot.retired-already", "The robot has been retired.", "To use it again, enrol it anew: it gets another name.");

    /// <summary>Times alone: who looks after robots hears nothing of whose sessions they are.</summary>
    /// <param name="booked">By time.</param>
    internal static Refusal StillBooked(IReadOnlyList<BookedUse> booked)
    {
        var more = booked.Count > NamesAtMost ? $" and {booked.Count - NamesAtMost} more" : "";
        return new(
            "robot.still-booked", "The school that the robot leaves has sessions booked with it.",
            $"Have that school move them to another robot or cancel them first: {string.Join(", ", booked.Take(NamesAtMost).Select(TimeOf))}{more}.");
    }

    private const int NamesAtMost = 5;

    private static string TimeOf(BookedUse booked) => Time.Format(booked.Slot.Date + booked.Slot.Start);

    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("d MMMM uuuu 'at' HH':'mm");

    internal static Refusal NoSuchSchool { get; } = new(
        "robot.no-such-school", "There is no such school here.", "Look at the school's id.");
}

using AV1Relay.Domain.Refusals;

namespace AV1Relay.Application.Fleet;

/// <summary>Why nothing is changed at a robot.</summary>
internal static class FleetRefusals
{
    internal static Refusal NotStationed { get; } = new(
        "robot.not-stationed", "The robot belongs to no school yet.", "Station it at a school first.");

    internal static Refusal RetiredAlready { get; } = new(
        "robot.retired-already", "The robot has been retired.", "To use it again, enrol it anew: it gets another name.");

    internal static Refusal NoSuchSchool { get; } = new(
        "robot.no-such-school", "There is no such school here.", "Look at the school's id.");
}
